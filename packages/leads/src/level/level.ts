import type { WorkingCalendar } from '../time/calendar.ts'
import { type Instant, MINUTE } from '../time/instant.ts'
import { addWorkingMinutes, nextWorkingMinute } from '../time/working-time.ts'

/** What was promised for a lead, in working minutes of the rep's calendar. */
export interface LevelTerms {
  readonly minutes: number
  /** The rep is reminded so many working minutes before the end; null: not at all. */
  readonly remindBefore: number | null
}

/** What becomes of a lead that was not worked in time. */
export interface BreachTerms {
  /** To how many further reps it goes, one after the other. */
  readonly redistribute: number
  /** Then: back to marketing, or into the manager's queue. */
  readonly afterBreach: 'no-response' | 'manager'
}

/** A level as it begins. */
export interface LevelStart {
  /** The rep's next working minute: from here on the time runs. */
  readonly from: Instant
  readonly deadline: Instant
  /** When the rep is reminded; null where that would be at the very beginning, or never. */
  readonly remindAt: Instant | null
  /** When to look at it first. */
  readonly look: Instant
}

/** While a rep writes, the lead is not taken away: so long after the last change of the draft … */
export const DRAFT_REST = 5 * MINUTE
/** … and so long after the deadline at most. Elapsed minutes: they are about what happens at the desk at this moment. */
export const DRAFT_MOST = 15 * MINUTE

/**
 * A level from the moment a rep is told of a lead. It runs in the rep's calendar: zone, hours, holidays, changes of the clock as they
 * happen. Undefined where the calendar has no such time: nothing can be promised there. Rules LV-1, LV-2.
 */
export function startLevel(toldAt: Instant, { minutes, remindBefore }: LevelTerms, calendar: WorkingCalendar): LevelStart | undefined {
  const from = nextWorkingMinute(toldAt, calendar)
  const deadline = addWorkingMinutes(toldAt, minutes, calendar)
  if (from === undefined || deadline === undefined) return undefined
  const reminded = remindBefore !== null && remindBefore < minutes ? addWorkingMinutes(toldAt, minutes - remindBefore, calendar) : undefined
  const remindAt = reminded !== undefined && reminded < deadline ? reminded : null
  return { from, deadline, remindAt, look: remindAt ?? deadline }
}

/** A lead with a level that runs, as it stands. */
export interface LevelState {
  readonly deadline: Instant
  /** When it is looked at next. */
  readonly look: Instant
  readonly remindedAt: Instant | null
  /** When it was noticed that the deadline is past. */
  readonly breachedAt: Instant | null
  /** When the rep's unsent mail was last written on. */
  readonly draftAt: Instant | null
  /** How often it was taken back already. */
  readonly bounces: number
}

/** Where a lead goes that is taken back. */
export type AfterBreach = 'again' | 'manager' | 'marketing'

/** What is to be done at a look. */
export type LevelStep =
  /** Too early: the clock was set back, or somebody looks ahead of time. */
  | { readonly do: 'wait'; readonly look: Instant }
  | { readonly do: 'remind'; readonly look: Instant }
  /** `first`: nobody had noticed yet, so it is written down and the manager is told. The rep writes: the lead stays for the moment. */
  | { readonly do: 'defer'; readonly first: boolean; readonly next: AfterBreach; readonly look: Instant }
  | { readonly do: 'claw-back'; readonly first: boolean; readonly next: AfterBreach }

/** Where a lead goes when it is taken back: to somebody who has not had it, as often as agreed; then as agreed. Rule LV-5. */
export function afterBreach({ redistribute, afterBreach }: BreachTerms, bounces: number): AfterBreach {
  if (bounces < redistribute) return 'again'
  return afterBreach === 'manager' ? 'manager' : 'marketing'
}

/**
 * What is to be done with a lead that nobody has worked yet. Pure, and the same answer whoever asks and how often: a clock that was set
 * back only waits. Rules LV-3 to LV-6.
 */
export function levelStep(lead: LevelState, terms: BreachTerms, now: Instant): LevelStep {
  const { deadline, look, remindedAt, breachedAt, draftAt } = lead
  if (now < deadline) {
    if (look >= deadline || now < look) return { do: 'wait', look: Math.min(look, deadline) }
    return remindedAt === null ? { do: 'remind', look: deadline } : { do: 'wait', look: deadline }
  }
  const first = breachedAt === null
  const next = afterBreach(terms, lead.bounces)
  const until = draftAt === null ? deadline : Math.min(draftAt + DRAFT_REST, deadline + DRAFT_MOST)
  return now < until ? { do: 'defer', first, next, look: until } : { do: 'claw-back', first, next }
}
