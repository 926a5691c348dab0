/** A problem found before launch. Data only; the wording of `say` says what to do. */
export interface Issue {
  /** Closed list; see SPEC.md. */
  code: string
  severity: 'error' | 'warning'
  /** The nodes it points at. */
  nodes: readonly string[]
  /** Path inside the node's data, where one input is at fault. */
  path?: string | undefined
  say: string
  /**
   * What is at fault lies around the flow (an empty team, a field of another type): an error stops a publish, not a version that is live; a
   * warning is told, and needs no reason.
   */
  around?: true | undefined
}
