import type { FieldValue, Instant, Person, Stage } from '../state/person.ts'

/** How far somebody has come with sales. Who is out of the race is neither before nor behind anybody. */
const COME: Readonly<Record<Stage, number>> = { name: 0, lead: 1, accepted: 2, opportunity: 3, customer: 4, disqualified: -1, lost: -1 }

/** What of two people's facts becomes another than the survivor has it. */
export interface PersonChange {
  fields: Readonly<Record<string, FieldValue>>
  consent: Readonly<Record<string, boolean>>
  /** Why mail must stop from now on; undefined where nothing changes. */
  suppressed: string | undefined
}

/** Reasons that are about the person and not about one address. */
const OF_THE_PERSON: ReadonlySet<string> = new Set(['complained', 'complaint', 'by-hand'])

/** Fields of the loser that the survivor gets: those it lacks, and those the author picked. E-201. */
export function gainedFields(survivor: Person, loser: Person, picked: readonly string[]): Record<string, FieldValue> {
  const gained = Object.entries(loser.fields).filter(
    ([key, value]) => survivor.fields[key] !== value && (survivor.fields[key] === undefined || picked.includes(key)),
  )
  return Object.fromEntries(gained)
}

/** E-201, E-202, E-203. */
export function personChange(survivor: Person, loser: Person, picked: readonly string[]): PersonChange {
  const fields = gainedFields(survivor, loser, picked)
  // Consent and a stop belong to the address that will be written to.
  const takesAddress = fields.email !== undefined
  const consent: Record<string, boolean> = {}
  for (const topic of new Set([...Object.keys(survivor.consent), ...Object.keys(loser.consent)])) {
    const mine = survivor.consent[topic]
    const theirs = loser.consent[topic]
    const no = mine === false || theirs === false
    const said = takesAddress ? (survivor.fields.email === undefined && mine === true) || theirs === true : mine === true
    const given = !no && said
    if (given !== (mine ?? false) || (no && mine === undefined)) consent[topic] = given
  }
  const stop = takesAddress || OF_THE_PERSON.has(loser.suppressed ?? '') ? loser.suppressed : null
  return { fields, consent, suppressed: survivor.suppressed === null && stop !== null ? stop : undefined }
}

/** Stage, owner, rest and since when they are known: nobody tells these to an inbox. E-204. */
export function standing(
  survivor: Person,
  loser: Person,
): Pick<Person, 'stage' | 'ownerSide' | 'ownerId' | 'restUntil'> & { createdAt: Instant } {
  const ahead = COME[survivor.stage] >= 0 && COME[loser.stage] > COME[survivor.stage]
  const gives = survivor.ownerSide !== 'sales' && loser.ownerSide === 'sales'
  const rests = Math.max(survivor.restUntil ?? 0, loser.restUntil ?? 0)
  return {
    ...(rests === 0 ? {} : { restUntil: rests }),
    stage: ahead || (survivor.stage === 'name' && loser.stage !== 'name') ? loser.stage : survivor.stage,
    ownerSide: gives ? 'sales' : survivor.ownerSide,
    ownerId: gives ? loser.ownerId : survivor.ownerId,
    createdAt: Math.min(survivor.createdAt, loser.createdAt),
  }
}
