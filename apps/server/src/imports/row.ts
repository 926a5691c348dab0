import type { ImportSettings } from '@baton/api'
import { type ImportRow, mailAddress, type Reject } from '@baton/db'
import { type FieldDefinition, type FieldValue, readFieldValue } from '@baton/engine'
import { fold } from '@baton/leads'
import { type CellFormat, plainCell, undoMark } from './cell.ts'
import type { RecordAt } from './records.ts'

/** Settings whose columns all go into fields that exist. */
export interface RowPlan {
  columns: readonly { column: number; field: FieldDefinition; format: CellFormat }[]
  key: ImportSettings['key']
  consent: ImportSettings['consent']
  delimiter: string
  /** How many columns the file has. */
  width: number
}

/** Reads a row by the types of its fields, or says why it cannot be taken in. `number` counts the rows of data from 1. */
export type ReadRow = (record: RecordAt, number: number) => { row: ImportRow } | { reject: Reject }

/** The row as text again, for the report. */
export function rawOf(cells: readonly string[], delimiter: string): string {
  return cells.map((it) => (it.includes(delimiter) || /["\r\n]/.test(it) ? `"${it.replaceAll('"', '""')}"` : it)).join(delimiter)
}

/** Prepares the reading of rows once for a whole file. */
export function rowReader(plan: RowPlan): ReadRow {
  const readKey = keyReader(plan)
  const readConsent = consentReader(plan.consent)
  return (record, number) => {
    const { cells, line } = record
    const refuse = (reason: string) => ({ reject: { line, reason, raw: rawOf(cells, plan.delimiter) } })
    if (cells.length !== plan.width) return refuse(`${cells.length} columns instead of ${plan.width}: a delimiter or a quote is amiss.`)
    const key = readKey(cells, number)
    if ('say' in key) return refuse(key.say)
    const set: Record<string, FieldValue> = {}
    let email = plan.key.by === 'email' ? key.value : null
    for (const { column, field, format } of plan.columns) {
      const cell = cells[column] ?? ''
      if (cell === '') continue
      if (field.key === 'email') {
        const text = undoMark(cell).trim()
        if (text === '') continue
        const address = mailAddress(text)
        if (address === undefined) return refuse(`“${text.slice(0, 60)}” is not an e-mail address.`)
        email = address
        set.email = address
        continue
      }
      const read = readFieldValue(field, plainCell(field.type, cell, format))
      if ('error' in read) return refuse(read.error)
      if (read.value !== null) set[field.key] = read.value
    }
    if (email !== null) set.email = email
    return { row: { line, raw: () => rawOf(cells, plan.delimiter), key: key.value, email, set, consent: readConsent(cells) } }
  }
}

function keyReader({ key }: RowPlan): (cells: readonly string[], number: number) => { value: string } | { say: string } {
  switch (key.by) {
    case 'line':
      return (_, number) => ({ value: `${key.prefix}${number}` })
    case 'email':
      return (cells) => {
        const text = undoMark(cells[key.column] ?? '').trim()
        const value = mailAddress(text)
        if (value !== undefined) return { value }
        return {
          say: text === '' ? 'No e-mail address, which is the key of this import.' : `“${text.slice(0, 60)}” is not an e-mail address.`,
        }
      }
    case 'column':
      return (cells) => {
        const value = undoMark(cells[key.column] ?? '')
          .trim()
          .normalize('NFC')
        if (value === '') return { say: 'The key of this import is empty in this row.' }
        return value.length > 255 || value.includes('\0')
          ? { say: 'The key of this import is longer than 255 letters, or no text.' }
          : { value }
      }
  }
}

function consentReader(consent: ImportSettings['consent']): (cells: readonly string[]) => boolean | null {
  switch (consent.who) {
    case 'nobody':
      return () => null
    case 'all':
      return () => true
    case 'column': {
      const yes = new Set(consent.yes.map((it) => fold(it.trim())))
      return (cells) => {
        const cell = fold((cells[consent.column] ?? '').trim())
        return cell === '' ? null : yes.has(cell)
      }
    }
  }
}
