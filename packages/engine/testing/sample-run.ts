import { z } from 'zod'
import { sampleCatalog, sampleFlows, sampleSegments } from '../fixtures/index.ts'
import inputs from '../fixtures/sample-run.inputs.json' with { type: 'json' }
import { buildPlan } from '../src/compile/build-plan.ts'
import { compileFlow } from '../src/compile/compile-flow.ts'
import { foldFields } from '../src/condition/read.ts'
import { isFoldedType } from '../src/fields/read.ts'
import type { FlowState, Plan, PlannedFlow } from '../src/plan.ts'
import { emptyState } from '../src/state/empty.ts'
import type { InboxItem } from '../src/state/input.ts'
import type { FieldValue, Person } from '../src/state/person.ts'
import type { MemoryContact } from './run-in-memory.ts'

/** Compiles the sample flows into a plan. Throws if one does not compile: they are fixtures. */
export function samplePlan(state: FlowState = 'live', pauses: PlannedFlow['pauses'] = []): Plan {
  const flows = sampleFlows.map(({ id, graph }): PlannedFlow => {
    const compiled = compileFlow({ flowId: id, version: 1, graph, catalog: sampleCatalog })
    if (!('ok' in compiled)) throw new Error(`${id} does not compile: ${compiled.issues.map((it) => it.say).join(' ')}`)
    return { flowId: id, state, entry: compiled.ok, versions: new Map([[1, compiled.ok]]), pauses }
  })
  return buildPlan({ flows, segments: sampleSegments, catalog: sampleCatalog })
}

const item = z.custom<InboxItem>((value) => z.object({ kind: z.string(), at: z.number() }).safeParse(value).success)
const contact = z.object({
  key: z.string(),
  fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  consent: z.record(z.string(), z.boolean()),
  zone: z.string().nullable(),
  suppressed: z.string().nullable(),
  items: z.array(item),
})

/** The recorded inputs of the sample run: made-up people, and what happens to them within a hundred days. */
export const sampleRun: { from: number; until: number; seed: string; contacts: readonly MemoryContact[] } = {
  from: inputs.from,
  until: inputs.until,
  seed: inputs.seed,
  contacts: inputs.contacts.map((it, index) => {
    const { key, fields, consent, zone, suppressed, items } = contact.parse(it)
    return { state: emptyState(samplePerson({ id: index + 1, key, fields, consent, zone, suppressed, createdAt: inputs.from })), items }
  }),
}

/** A person with the folded copies made; what is not given is as for somebody new. */
export function samplePerson(given: Partial<Person> & { key: string; fields: Readonly<Record<string, FieldValue>> }): Person {
  const texts = sampleCatalog.fields.filter((it) => isFoldedType(it.type)).map((it) => it.key)
  return {
    id: 1,
    zone: null,
    ownerSide: 'marketing',
    ownerId: null,
    stage: 'name',
    folded: foldFields(given.fields, texts),
    consent: {},
    suppressed: null,
    createdAt: 0,
    ...given,
  }
}
