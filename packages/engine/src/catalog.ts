import type { FieldDefinition } from './state/person.ts'

/** What exists around a flow: everything a node may refer to. The editor, the checks and the compiler read it alike. */
export interface Catalog {
  fields: readonly FieldDefinition[]
  segments: readonly { id: string; name: string }[]
  /** One that was put away keeps its name for the steps that still send it; nobody may choose it or publish it anew. */
  templates: readonly { id: string; name: string; purpose: 'marketing' | 'transactional'; archived?: boolean | undefined }[]
  teams: readonly { id: string; name: string; members: number }[]
  dimensions: readonly { id: string; name: string }[]
  /** Event types seen or declared, for pickers. */
  eventTypes: readonly string[]
  workspaceZone: string
}
