import { client } from '../../shell/api.ts'
import { confirm } from '../../ui/confirm.ts'
import { toast } from '../../ui/toast.ts'

/** Flows with everything they name, as another installation wrote them. */
export const isBundle = (content: unknown): boolean =>
  typeof content === 'object' && content !== null && 'flows' in content && Array.isArray(content.flows)

const listed = (names: readonly string[], most = 6) =>
  names.length > most ? `${names.slice(0, most).join(', ')} and ${names.length - most} more` : names.join(', ')

/** Says what the file brings and where its flows would reach, then takes it in. @returns the first flow; null when it was not wanted */
export async function takeBundle(file: unknown): Promise<string | null> {
  const { flows, reached, secrets, teams } = await client.flows.inspectBundle.mutate({ file })
  const places = [...new Set(reached.map((it) => it.to))]
  const text = [
    'They come in as drafts: nothing runs and nothing is sent.',
    places.length === 0 ? 'They reach nobody outside.' : `Once published they reach ${listed(places)}.`,
    teams.length === 0
      ? ''
      : `New here, and with nobody in ${teams.length === 1 ? 'it' : 'them'} yet: ${listed(teams)}. Add reps and territories under Teams, or leads wait in the queue.`,
    secrets.length === 0 ? '' : `These secrets have to be added before: ${listed(secrets)}.`,
  ]
  const title = flows.length === 1 ? `Bring in ${flows[0]}?` : `Bring in ${flows.length} flows?`
  if (!(await confirm({ title, text: text.filter((it) => it !== '').join(' '), deed: 'Bring in' }))) return null
  const done = await client.flows.importBundle.mutate({ file })
  toast({ words: `Brought in as drafts: ${listed(done.flows.map((it) => it.name))}.` })
  return done.flows[0]?.id ?? null
}
