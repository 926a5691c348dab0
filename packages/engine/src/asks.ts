/**
 * What a node asks of the world outside while somebody is at it; for whoever plays that world. `mail`, `lead`, `call`: its effects say the
 * rest. `place`: a place in a line that all contacts share. `deeds`: that the person does something of their own accord.
 */
export type Asks =
  | { of: 'mail' }
  /** `reasons`: of a rejection, for which the step has ways of their own. */
  | { of: 'lead'; teamId: string; reasons: readonly string[]; loop: boolean }
  | { of: 'call' }
  | { of: 'place' }
  | { of: 'deeds'; deeds: readonly Deed[] }

/** Something a person may do while they wait, and the way it opens. */
export interface Deed {
  port: string
  type: string
  /** Properties with which it matches, where that can be told. */
  props: Readonly<Record<string, string | number | boolean>>
  /** How long they have, in ms; null: no end. */
  within: number | null
}
