import { type Bundle, bundleCatalog, importBundle } from '@baton/api'
import { createUser, flowById, type Handle, publishFlow, saveTeam, updateWorkspace } from '@baton/db'
import { compileFlow, type Issue } from '@baton/engine'

const BY = { id: 'flow-run', name: 'flow run' }

/** A flow of the bundle cannot run: every reason, a line each. */
export class NotRunnable extends Error {
  override name = 'NotRunnable'
  constructor(flow: string, issues: readonly Issue[]) {
    super(issues.map(({ nodes, say }) => `${flow}${nodes.length > 0 ? ` at ${nodes.join(', ')}` : ''}: ${say}`).join('\n'))
  }
}

/** Teams take leads by people; who they are does not matter, so they are made up. */
async function makeTeams(db: Handle, teams: Bundle['teams'], at: number): Promise<void> {
  for (const { id, name, members } of teams) {
    await db.transaction(async (tx) => {
      const list: { userId: string; weight: number; cap: null; active: boolean }[] = []
      for (let n = 1; n <= members; n++) {
        const email = `${id}.${n}@rep.invalid`
        const rep = await createUser(tx, { name: `${name} ${n}`, email, role: 'sales_rep', passwordHash: '', at })
        list.push({ userId: rep.id, weight: 1, cap: null, active: true })
      }
      await saveTeam(tx, { id, name, members: list, at })
    })
  }
}

/**
 * Fills an empty workspace with a bundle, and publishes its flows, under their own ids.
 * @throws NotRunnable when one of them does not hang together
 */
export async function settleWorkspace(db: Handle, bundle: Bundle, { at, seed }: { at: number; seed: string }): Promise<void> {
  const { dimensions, zone } = bundle
  await updateWorkspace(db, { dimensions, zone, seed })
  const { flows } = await importBundle(db, bundle, { at, by: null, keepIds: true })
  await makeTeams(db, bundle.teams, at)
  const catalog = bundleCatalog(bundle)
  for (const { id, name } of flows) {
    const flow = await flowById(db, id)
    if (!flow) throw new Error(`The flow ${id} was not stored.`)
    const compiled = compileFlow({ flowId: id, version: 1, graph: flow.draft, catalog })
    if ('issues' in compiled) throw new NotRunnable(name, compiled.issues)
    const publication = { id, rev: flow.draftRev, hash: compiled.ok.hash, notes: '', by: BY, at, enrolAt: [] }
    await db.transaction((tx) => publishFlow(tx, publication))
  }
}
