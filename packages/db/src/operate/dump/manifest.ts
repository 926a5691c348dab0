import { createHash } from 'node:crypto'
import type { SequenceState, TableShape } from './catalog.ts'

/** The form of the file that this version writes, and the newest that it reads. */
export const FORMAT = 1

/** The first entry of a backup. */
export interface Manifest {
  format: number
  /** Of Baton, for whoever reads it. */
  version: string
  /** ISO time at which its snapshot was taken. */
  made: string
  /** The newest migration of the tables. */
  revision: number
  tables: TableShape[]
  /** Beginnings of the months that events have a partition for. */
  months: number[]
}

export interface TableSum {
  rows: number
  /** Of its rows as they stand in the file. */
  sha256: string
}

/** The last entry of a backup: without it the file is not whole. */
export interface Sums {
  manifest: string
  tables: Record<string, TableSum>
  sequences: SequenceState[]
}

/** Not a backup, not whole, altered, or of a newer Baton: the message says which. */
export class BackupError extends Error {
  override name = 'BackupError'
}

export const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex')

/** With a sum over itself. */
export const sealed = (sums: Sums): string => {
  const text = JSON.stringify(sums)
  return JSON.stringify({ sums, seal: sha256(text) })
}

const isText = (it: unknown): it is string => typeof it === 'string'
const isRecord = (it: unknown): it is Record<string, unknown> => typeof it === 'object' && it !== null && !Array.isArray(it)
const isList = <T>(it: unknown, of: (one: unknown) => one is T): it is T[] => Array.isArray(it) && it.every(of)
const isShape = (it: unknown): it is TableShape => isRecord(it) && isText(it.name) && isList(it.columns, isText)
const isNumber = (it: unknown): it is number => typeof it === 'number' && Number.isSafeInteger(it)
const isSequence = (it: unknown): it is SequenceState =>
  isRecord(it) && isText(it.name) && isText(it.value) && /^\d{1,19}$/.test(it.value) && typeof it.called === 'boolean'
const isSum = (it: unknown): it is TableSum => isRecord(it) && isNumber(it.rows) && isText(it.sha256)

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const STRANGE = 'This is not a backup of Baton.'
const ALTERED = 'The backup was altered: what it says of itself does not fit what it holds. Take another copy of it.'

/** @throws BackupError where it is none, or one of a newer Baton */
export function readManifest(text: string): Manifest {
  const it = parsed(text)
  if (!isRecord(it) || !isNumber(it.format)) throw new BackupError(STRANGE)
  if (it.format > FORMAT) {
    const by = isText(it.version) ? ` ${it.version}` : ''
    throw new BackupError(`The backup was made by a newer Baton${by}, in a form that this one does not know. Restore it with that version.`)
  }
  const { format, version, made, revision, tables, months } = it
  if (!isText(version) || !isText(made) || !isNumber(revision) || !isList(tables, isShape) || !isList(months, isNumber))
    throw new BackupError(STRANGE)
  return { format, version, made, revision, tables, months }
}

/** @throws BackupError where it does not fit its own seal */
export function readSums(text: string): Sums {
  const it = parsed(text)
  if (!isRecord(it) || !isRecord(it.sums) || it.seal !== sha256(JSON.stringify(it.sums))) throw new BackupError(ALTERED)
  const { manifest, tables, sequences } = it.sums
  if (!isText(manifest) || !isRecord(tables) || !isList(sequences, isSequence)) throw new BackupError(ALTERED)
  const sums: Record<string, TableSum> = {}
  for (const [name, sum] of Object.entries(tables)) {
    if (!isSum(sum)) throw new BackupError(ALTERED)
    sums[name] = sum
  }
  return { manifest, tables: sums, sequences }
}

export const altered = (): BackupError => new BackupError(ALTERED)
