import { type FlowGraph, parseGraph } from '@baton/engine'
import { isBundle, takeBundle } from '../pages/flows/take-bundle.ts'
import { problemWords } from '../shell/problem.ts'
import { toast } from '../ui/toast.ts'

const SHOWN = 3

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** Steps copied as text are a flow without settings. */
const graphIn = (content: unknown): unknown => (isRecord(content) && 'graph' in content ? content.graph : content)

/**
 * Reads a file that somebody chose: a flow for the open draft, or a bundle, which is taken in as drafts of its own. What is wrong is said.
 * @returns undefined when nothing came of it
 */
export async function openFlowFile(file: File): Promise<{ graph: FlowGraph } | { flowId: string } | undefined> {
  try {
    const content: unknown = JSON.parse(await file.text())
    if (isBundle(content)) {
      const flowId = await takeBundle(content)
      return flowId === null ? undefined : { flowId }
    }
    const read = parseGraph(graphIn(content))
    if ('ok' in read) return { graph: read.ok }
    const said = read.error.slice(0, SHOWN).map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
    const more = read.error.length - said.length
    toast({ words: `${file.name} cannot be read. ${said.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`, bad: true })
  } catch (error) {
    const words = error instanceof SyntaxError ? `${file.name} is not a flow file: it is not JSON.` : problemWords(error)
    toast({ words, bad: true })
  }
  return undefined
}
