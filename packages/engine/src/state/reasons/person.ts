/** What a step changed of the person. */
export type PersonReason =
  | { code: 'score.added'; dimension: string; points: number; before: number; after: number }
  | { code: 'field.set'; key: string; before: unknown; after: unknown }
