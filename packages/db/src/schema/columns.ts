import { bigint, smallint } from 'drizzle-orm/pg-core'

/** Milliseconds since 1970 UTC. The application's clock writes it, never the database's. */
export const instant = () => bigint({ mode: 'number' })

/** An id made by us, or a number that may outgrow 31 bits; always below 2^53. */
export const int8 = () => bigint({ mode: 'number' })

/** `id & 1023` of the contact: which lane of the installation this row belongs to, for life. */
export const bucket = () => smallint().notNull()
