import type { FieldDefinition } from './state/person.ts'

/** What exists around a flow: everything a node may refer to. The editor, the checks and the compiler read it alike. */
export interface Catalog {
  fields: readonly FieldDefinition[]
  segments: readonly { id: string; name: string }[]
  templates: readonly { id: string; name: string; purpose: 'marketing' | 'transactional' }[]
  teams: readonly { id: string; name: string; members: number }[]
  dimensions: readonly { id: string; name: string }[]
  /** Event types seen or declared, for pickers. */
  eventTypes: readonly string[]
  workspaceZone: string
}
