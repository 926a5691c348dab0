import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { create } from 'zustand'
import { type Answers, api, client } from '../shell/api.ts'
import { unused } from '../shell/used.ts'
import { toast } from '../ui/toast.ts'
import { mayResume } from './ask-resume.ts'
import { useFlowDeeds } from './flow-deeds.ts'
import { askPicture } from './picture/picture-host.tsx'
import { saveFile } from './save-file.ts'

type Flow = Answers['flows']['get']

const save = (file: unknown, name: string, ending: string) =>
  saveFile(new Blob([`${JSON.stringify(file, null, 2)}\n`], { type: 'application/json' }), name, `${ending}.json`)

/** Saves the flow as a file on the reader's machine. */
async function downloadFlow(id: string) {
  const file = await client.flows.export.query({ id })
  save(file, file.name, 'flow')
}

/** Saves the flow with everything it names, for another installation. */
async function downloadBundle({ id, name }: Pick<Flow, 'id' | 'name'>) {
  save(await client.flows.bundle.query({ id }), name, 'bundle')
}

/** What is asked about the whole flow before it is done. */
export type Asking = 'rename' | 'pause' | 'stop' | 'try' | 'versions'
export const useAsking = create<{ asking: Asking | null }>(() => ({ asking: null }))
export const ask = (asking: Asking | null) => useAsking.setState({ asking })

export type WholeDeedId = Asking | 'duplicate' | 'picture' | 'file' | 'bundle' | 'resume' | 'archive' | 'unarchive'

/** Something that can be done with the whole of a flow. */
export interface WholeDeed {
  id: WholeDeedId
  /** In its menu. */
  words: string
  /** In the palette, where nothing around says what it is done to. */
  typed: string
  /** What else people type who look for it. */
  also?: string
  run: () => void
}

type Props = { flow: Flow; mayEdit: boolean; onBeforeLeave: () => Promise<unknown> }

/** All that can be done with a flow now, by whoever looks at it: for its menu, and for those who type. */
export function useWholeDeeds({ flow, mayEdit, onBeforeLeave }: Props): WholeDeed[] {
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
  const id = { id: flow.id }
  const { status } = flow
  const runs = status === 'live' || status === 'paused' || status === 'draining'
  const saved = (then: () => unknown) => () => void onBeforeLeave().then(then)
  const putAway = async () => {
    if (await unused({ kind: 'flow', id: flow.id, name: flow.name })) deeds.archive.mutate(id)
  }
  const all: readonly (WholeDeed & { can: boolean })[] = [
    { id: 'rename', can: mayEdit, words: 'Rename…', typed: 'Rename this flow…', run: () => ask('rename') },
    {
      id: 'duplicate',
      can: mayEdit,
      words: 'Duplicate',
      typed: 'Duplicate this flow',
      also: 'copy clone',
      run: saved(() => duplicate.mutate(id)),
    },
    { id: 'try', can: true, words: 'Try with a person…', typed: 'Try this flow with a person…', run: saved(() => ask('try')) },
    {
      id: 'versions',
      can: flow.liveVersion !== null,
      words: 'Versions',
      typed: 'Versions of this flow',
      also: 'history restore',
      run: () => ask('versions'),
    },
    { id: 'picture', can: true, words: 'Save as a picture…', typed: 'Save as a picture for a slide…', run: () => askPicture() },
    {
      id: 'file',
      can: true,
      words: 'Save as a file',
      typed: 'Save this flow as a file',
      also: 'export download json',
      run: saved(() => downloadFlow(flow.id)),
    },
    {
      id: 'bundle',
      can: true,
      words: 'Save with all it names',
      typed: 'Save this flow with all it names',
      also: 'export download json bundle',
      run: saved(() => downloadBundle(flow)),
    },
    { id: 'pause', can: mayEdit && status === 'live', words: 'Pause…', typed: 'Pause this flow…', run: () => ask('pause') },
    {
      id: 'resume',
      can: mayEdit && status === 'paused',
      words: 'Resume',
      typed: 'Resume this flow',
      run: () => void mayResume(flow).then((yes) => yes && deeds.resume.mutate(id)),
    },
    { id: 'stop', can: mayEdit && runs, words: 'Stop…', typed: 'Stop this flow…', run: () => ask('stop') },
    {
      id: 'archive',
      can: mayEdit && (status === 'draft' || status === 'stopped'),
      words: 'Archive',
      typed: 'Archive this flow',
      also: 'delete remove',
      run: () => void putAway(),
    },
    {
      id: 'unarchive',
      can: mayEdit && status === 'archived',
      words: 'Take out of the archive',
      typed: 'Take this flow out of the archive',
      run: () => deeds.unarchive.mutate(id),
    },
  ]
  return all.filter((it) => it.can)
}
