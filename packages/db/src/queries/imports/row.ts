import type { FieldValue } from '@baton/engine'

/** A row of a file, read by the types of its fields. */
export interface ImportRow {
  line: number
  /** The row as it stands in the file; asked for where it is refused. */
  raw(): string
  /** The value of the identity rows are told apart by: an e-mail, or an id of the file's own system. */
  key: string
  email: string | null
  set: Readonly<Record<string, FieldValue>>
  /** What the row says of consent to the topic of the import; null: nothing. */
  consent: boolean | null
}

/** Notes a row that is not taken in, with words on why. */
export type Refuse = (row: ImportRow, reason: string) => void
