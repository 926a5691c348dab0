import { createFlow, type Handle, type Made, type Sql } from '@baton/db'
import type { FlowGraph } from '@baton/engine'
import { makeThings } from '../bundle/store.ts'
import { copyOf } from '../flows/copy.ts'
import { CHOSEN_TEAM, type Programme } from './index.ts'

/** Who wants a programme, and which team gets the people that it hands over; null: to be chosen on the canvas. */
interface Wish {
  team: string | null
  at: number
  by: { id: string; name: string }
}

/** The programme's team, wherever it is named, becomes the one chosen; or an open choice. */
function withTeam<T>(value: T, team: string | null): T
function withTeam(value: unknown, team: string | null): unknown {
  if (value === CHOSEN_TEAM) return team
  if (Array.isArray(value)) return value.map((it) => withTeam(it, team))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, withTeam(it, team)]))
}

/** Makes what the programme names where it is missing (what is there stays as it is). Nudge the runner: new segments are filled. */
const prepare = (tx: Sql, { bundle }: Programme, wish: Wish): Promise<Made> => makeThings(tx, { ...bundle, teams: [] }, wish)

/** With the programme's tests: they go on saying which way people should go. */
function stepsFor({ flow, bundle }: Programme, { team }: Wish): FlowGraph {
  const tests = bundle.tests.map(({ flow: _, ...it }) => it)
  return copyOf({ ...withTeam(flow.graph, team), tests })
}

/** A draft of a programme, with drafts of all it names. Nothing runs and nothing is sent. */
export function programmeAsFlow(db: Handle, programme: Programme, wish: Wish): Promise<{ id: string; made: Made }> {
  return db.transaction(async (tx) => {
    const made = await prepare(tx, programme, wish)
    const { by, at } = wish
    return { id: await createFlow(tx, { name: programme.name, graph: stepsFor(programme, wish), by, at }), made }
  })
}

/** The steps of a programme for a draft that is open, with ids of their own; what they name is made. */
export async function programmeSteps(db: Handle, programme: Programme, wish: Wish): Promise<{ graph: FlowGraph; made: Made }> {
  const made = await db.transaction((tx) => prepare(tx, programme, wish))
  return { graph: stepsFor(programme, wish), made }
}
