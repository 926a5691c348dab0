import { Menu } from '@mantine/core'
import {
  IconArchive,
  IconArchiveOff,
  IconCopy,
  IconDownload,
  IconHistory,
  IconPackageExport,
  IconPencil,
  IconPhoto,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerStop,
  IconTestPipe,
  type TablerIcon,
} from '@tabler/icons-react'
import { Fragment, type ReactElement } from 'react'
import type { Answers } from '../shell/api.ts'
import { useWholeDeeds, type WholeDeedId } from './whole-deeds.ts'

type Flow = Answers['flows']['get']

export interface FlowMenuProps {
  flow: Flow
  mayEdit: boolean
  onBeforeLeave: () => Promise<unknown>
}

const ICONS: Readonly<Record<WholeDeedId, TablerIcon>> = {
  rename: IconPencil,
  duplicate: IconCopy,
  try: IconTestPipe,
  versions: IconHistory,
  picture: IconPhoto,
  file: IconDownload,
  bundle: IconPackageExport,
  pause: IconPlayerPause,
  resume: IconPlayerPlay,
  stop: IconPlayerStop,
  archive: IconArchive,
  unarchive: IconArchiveOff,
}

/** From here on it is about whether the flow runs. */
const RUNS: readonly WholeDeedId[] = ['pause', 'resume', 'stop', 'archive', 'unarchive']

/** What can be done with the whole of a flow. Loaded when it is asked for, and open from then on until it is closed. */
export default function FlowMenu({ target, ...props }: FlowMenuProps & { target: ReactElement }) {
  const deeds = useWholeDeeds(props)
  const first = deeds.find((it) => RUNS.includes(it.id))
  return (
    <Menu position="bottom-start" width={220} defaultOpened>
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown>
        {deeds.map(({ id, words, run }) => {
          const Icon = ICONS[id]
          return (
            <Fragment key={id}>
              {id === first?.id && <Menu.Divider />}
              <Menu.Item {...(id === 'stop' ? { 'data-danger': true } : {})} leftSection={<Icon size={16} stroke={1.75} />} onClick={run}>
                {words}
              </Menu.Item>
            </Fragment>
          )
        })}
      </Menu.Dropdown>
    </Menu>
  )
}
