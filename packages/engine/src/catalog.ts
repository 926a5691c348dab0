import type { GradeModel, WorkingHours } from '@baton/leads'
import type { AgreementContent } from './agreement/content.ts'
import type { Condition } from './condition/schema.ts'
import type { FieldDefinition } from './state/person.ts'

/** What exists around a flow: everything a node may refer to. The editor, the checks and the compiler read it alike. */
export interface Catalog {
  fields: readonly FieldDefinition[]
  /** `list`: people are put on it. */
  segments: readonly {
    id: string
    name: string
    list?: boolean | undefined
    /** Who is in it; absent where that is not known, and for lists. */
    condition?: Condition | undefined
  }[]
  /** One that was put away keeps its name for the steps that still send it; nobody may choose it or publish it anew. */
  templates: readonly {
    id: string
    name: string
    purpose: 'marketing' | 'transactional'
    /** What people must have agreed to; absent: the general topic for marketing, none for transactional mail. */
    topic?: string | null | undefined
    archived?: boolean | undefined
    /** Names of carried values that its text uses; absent where that is not known. */
    takes?: readonly string[] | undefined
  }[]
  /** `calendarIds`: by which of the calendars its people work; null among them is the usual week. Absent where that is not known. */
  teams: readonly { id: string; name: string; members: number; calendarIds?: readonly (string | null)[] | null | undefined }[]
  dimensions: readonly DimensionModel[]
  /** Which scores make the grade, and from where on; none where the score model has none. */
  grade?: GradeModel | null | undefined
  /** What marketing and sales agreed on, each in the version that decides. */
  agreements: readonly AgreementEntry[]
  /** Plain data, since a catalog travels to the browser. `zone` null: the contact's own. */
  calendars: readonly { id: string; name: string; zone: string | null; hours: WorkingHours['hours']; holidays: readonly string[] }[]
  topics: readonly { id: string; name: string }[]
  /** Flows that others may start or contain, with how people can be let in from another flow. */
  flows: readonly {
    id: string
    name: string
    version: number | null
    startable: boolean
    /** What flows that run beside it must know of it; absent where it does not run. */
    runs?: FlowDigest | undefined
  }[]
  /** Flows that were put away: nobody comes in any more, but who was in them is remembered. */
  pastFlows?: readonly { id: string; name: string }[] | undefined
  users: readonly { id: string; name: string }[]
  forms: readonly { id: string; name: string }[]
  /** Names under which secrets are kept; their values are never here. */
  secrets: readonly string[]
  sending: SendingRules
  /** Whether the addresses are set that mail needs; absent where that is not known. */
  mailing?: { sender: boolean; postal: boolean } | undefined
  /** The steps of the flow at hand, with their ways out; absent where no flow is looked at. */
  steps?: readonly StepName[] | undefined
  /** Names of values that the people of the flow at hand may carry. */
  carried?: readonly string[] | undefined
  /** Event types seen or declared, for pickers. */
  eventTypes: readonly string[]
  workspaceZone: string
}

/** An agreement as flows see it: the version that was last in force, or the newest draft where none ever was. */
export interface AgreementEntry {
  id: string
  name: string
  version: number
  /** True of a lead that sales wants. */
  qualifies: Condition
  /** Whether a marketer's and a sales manager's signature stand under this version now. */
  signed: boolean
  /** The date by which both sides want to look at it again (`YYYY-MM-DD`); null: none was set. */
  reviewOn: string | null
  /** What happens to a lead that sales gives back, that it loses, or that nobody answers. */
  returns: AgreementContent['returns']
}

/** What a flow does to people that another flow may do to the same ones. */
export interface FlowDigest {
  /** By what people come in (`Entry.key`). */
  entrances: readonly string[]
  /** Flows that it starts. */
  starts: readonly string[]
  /** It hands people to sales. */
  handsOver: boolean
  /** The most marketing mails that somebody may get from it in seven days. */
  mails: number
}

/** A step of a flow by the name people know it by. */
export interface StepName {
  id: string
  name: string
  ports: readonly { id: string; label: string }[]
}

/** A dimension of the score and how its lines count as they age. SEMANTICS 6. */
export interface DimensionModel {
  id: string
  name: string
  /** Factor per whole UTC day of age, in millionths; absent: lines do not decay. */
  factors?: readonly number[] | undefined
  /** What the sum of the positive lines counts at most, in hundredths; absent: no cap. */
  cap?: number | null | undefined
}

/** The workspace's rules for all marketing mail. SEMANTICS 7. */
export interface SendingRules {
  /** At most `count` mails in a rolling window of `hours` hours, over all flows. */
  caps: readonly { count: number; hours: number }[]
  /** No marketing mail from `from` to `to` (`HH:MM`, half-open, may run over midnight) in the contact's zone. */
  quiet: { from: string; to: string } | null
}

export const NO_SENDING_RULES: SendingRules = { caps: [], quiet: null }

/** Flows that people are or were in. */
export const passedFlows = ({ flows, pastFlows = [] }: Catalog): readonly { id: string; name: string }[] => [...flows, ...pastFlows]

/** A catalog with nothing in it but a zone. */
export const emptyCatalog = (workspaceZone: string): Catalog => ({
  fields: [],
  segments: [],
  templates: [],
  teams: [],
  dimensions: [],
  agreements: [],
  calendars: [],
  topics: [],
  flows: [],
  users: [],
  forms: [],
  secrets: [],
  eventTypes: [],
  sending: NO_SENDING_RULES,
  workspaceZone,
})
