import type { FlowGraph } from '@baton/engine'
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
} from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { type Answers, api, client } from '../shell/api.ts'
import { unused } from '../shell/used.ts'
import { toast } from '../ui/toast.ts'
import { mayResume } from './ask-resume.ts'
import { useFlowDeeds } from './flow-deeds.ts'
import { Later, PauseDialog, RenameDialog, StopDialog, TryFlow, VersionsDrawer } from './parts.tsx'
import { askPicture } from './picture/picture-host.tsx'
import { saveFile } from './save-file.ts'

type Flow = Answers['flows']['get']

const save = (file: unknown, name: string, ending: string) =>
  saveFile(new Blob([`${JSON.stringify(file, null, 2)}\n`], { type: 'application/json' }), name, `${ending}.json`)

/** Saves the flow as a file on the reader's machine. */
export async function downloadFlow(id: string) {
  const file = await client.flows.export.query({ id })
  save(file, file.name, 'flow')
}

/** Saves the flow with everything it names, for another installation. */
async function downloadBundle({ id, name }: Pick<Flow, 'id' | 'name'>) {
  save(await client.flows.bundle.query({ id }), name, 'bundle')
}

export interface FlowMenuProps {
  flow: Flow
  mayEdit: boolean
  inside: number | null
  onBeforeLeave: () => Promise<unknown>
  /** Puts a version in the place of the draft; null where the reader does not draw. */
  onRestore: ((graph: FlowGraph, version: number) => void) | null
}

/** What can be done with the whole of a flow. Loaded when it is asked for, and open from then on until it is closed. */
export default function FlowMenu({ flow, mayEdit, inside, onBeforeLeave, onRestore, target }: FlowMenuProps & { target: ReactElement }) {
  const [asking, setAsking] = useState<'rename' | 'pause' | 'stop' | 'try' | 'versions' | null>(null)
  const navigate = useNavigate()
  const deeds = useFlowDeeds(flow)
  const duplicate = useMutation(
    api.flows.duplicate.mutationOptions({
      onSuccess: async ({ id, name }) => {
        await navigate({ to: '/flows/$flowId', params: { flowId: id } })
        toast({ words: `Duplicated as ${name}.` })
      },
      onError: (error) => toast({ words: error.message, bad: true }),
    }),
  )
  const putAway = async () => {
    if (await unused({ kind: 'flow', id: flow.id, name: flow.name })) deeds.archive.mutate({ id: flow.id })
  }
  const icon = { size: 16, stroke: 1.75 }
  const id = { id: flow.id }
  return (
    <>
      <Menu position="bottom-start" width={220} defaultOpened>
        <Menu.Target>{target}</Menu.Target>
        <Menu.Dropdown>
          {mayEdit && (
            <>
              <Menu.Item leftSection={<IconPencil {...icon} />} onClick={() => setAsking('rename')}>
                Rename…
              </Menu.Item>
              <Menu.Item leftSection={<IconCopy {...icon} />} onClick={() => void onBeforeLeave().then(() => duplicate.mutate(id))}>
                Duplicate
              </Menu.Item>
            </>
          )}
          <Menu.Item leftSection={<IconTestPipe {...icon} />} onClick={() => void onBeforeLeave().then(() => setAsking('try'))}>
            Try with a person…
          </Menu.Item>
          {flow.liveVersion !== null && (
            <Menu.Item leftSection={<IconHistory {...icon} />} onClick={() => setAsking('versions')}>
              Versions
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconPhoto {...icon} />} onClick={() => askPicture()}>
            Save as a picture…
          </Menu.Item>
          <Menu.Item leftSection={<IconDownload {...icon} />} onClick={() => void onBeforeLeave().then(() => downloadFlow(flow.id))}>
            Save as a file
          </Menu.Item>
          <Menu.Item leftSection={<IconPackageExport {...icon} />} onClick={() => void onBeforeLeave().then(() => downloadBundle(flow))}>
            Save with all it names
          </Menu.Item>
          {mayEdit && flow.status !== 'draft' && flow.status !== 'archived' && flow.status !== 'stopped' && (
            <>
              <Menu.Divider />
              {flow.status === 'live' && (
                <Menu.Item leftSection={<IconPlayerPause {...icon} />} onClick={() => setAsking('pause')}>
                  Pause…
                </Menu.Item>
              )}
              {flow.status === 'paused' && (
                <Menu.Item
                  leftSection={<IconPlayerPlay {...icon} />}
                  onClick={() => void mayResume(flow).then((yes) => yes && deeds.resume.mutate(id))}
                >
                  Resume
                </Menu.Item>
              )}
              <Menu.Item data-danger leftSection={<IconPlayerStop {...icon} />} onClick={() => setAsking('stop')}>
                Stop…
              </Menu.Item>
            </>
          )}
          {mayEdit && (flow.status === 'draft' || flow.status === 'stopped') && (
            <>
              <Menu.Divider />
              <Menu.Item leftSection={<IconArchive {...icon} />} onClick={() => void putAway()}>
                Archive
              </Menu.Item>
            </>
          )}
          {mayEdit && flow.status === 'archived' && (
            <Menu.Item leftSection={<IconArchiveOff {...icon} />} onClick={() => deeds.unarchive.mutate(id)}>
              Take out of the archive
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {asking !== null && (
        <Later what="This question">
          {asking === 'rename' && <RenameDialog flow={flow} onClose={() => setAsking(null)} />}
          {asking === 'try' && <TryFlow flow={flow} onClose={() => setAsking(null)} />}
          {asking === 'versions' && <VersionsDrawer flow={flow} onRestore={onRestore} onClose={() => setAsking(null)} />}
          {asking === 'pause' && <PauseDialog flowId={flow.id} name={flow.name} onClose={() => setAsking(null)} />}
          {asking === 'stop' && <StopDialog flowId={flow.id} name={flow.name} inside={inside} onClose={() => setAsking(null)} />}
        </Later>
      )}
    </>
  )
}
