import { newId } from '../../ids.ts'
import type { Sql } from '../../open/handle.ts'

export type ImportStatus = 'uploaded' | 'running' | 'done' | 'cancelled' | 'failed'

/** An import, as a page shows it and as the process that carries it out needs it. */
export interface ImportJob {
  id: string
  fileName: string
  /** Where the file lies; null once it is removed. */
  path: string | null
  /** Bytes. */
  size: number
  status: ImportStatus
  settings: Record<string, unknown>
  /** Where the next row begins: byte, line (from 1; 0 before the start) and number of rows before it. */
  bytesRead: number
  linesRead: number
  rowsRead: number
  created: number
  updated: number
  unchanged: number
  rejected: number
  error: string | null
  byName: string | null
  createdAt: number
  startedAt: number | null
  endedAt: number | null
}

const columns = `id, file_name as "fileName", path, size, status, settings, bytes_read as "bytesRead", lines_read as "linesRead",
  rows_read as "rowsRead", created, updated, unchanged, rejected, error, by_name as "byName", created_at as "createdAt",
  started_at as "startedAt", ended_at as "endedAt"`

export interface NewImport {
  fileName: string
  path: string
  size: number
  by: { id: string | null; name: string }
  at: number
}

/** Notes an uploaded file. */
export async function addImport(tx: Sql, file: NewImport): Promise<string> {
  const id = newId('imp')
  await tx.query(
    `insert into import_job (id, file_name, path, size, status, settings, by_id, by_name, created_at) values ($1, $2, $3, $4, 'uploaded', '{}', $5, $6, $7)`,
    [id, file.fileName, file.path, file.size, file.by.id, file.by.name, file.at],
  )
  return id
}

export async function importJob(sql: Sql, id: string): Promise<ImportJob | undefined> {
  const [row] = await sql.query<ImportJob>(`select ${columns} from import_job where id = $1`, [id])
  return row
}

/** The newest first. Files that were uploaded and never started are not among them. */
export function listImports(sql: Sql, limit = 50): Promise<ImportJob[]> {
  return sql.query<ImportJob>(`select ${columns} from import_job where status <> 'uploaded' order by created_at desc, id limit $1`, [limit])
}

/** Imports that a process which is gone was carrying out: they go on where they were. */
export function runningImports(sql: Sql): Promise<ImportJob[]> {
  return sql.query<ImportJob>(`select ${columns} from import_job where status = 'running' order by created_at, id`)
}

/** Starts an uploaded file, or one that stopped: it goes on where it was. @returns false when it runs or is done already */
export async function beginImport(
  tx: Sql,
  { id, settings, at }: { id: string; settings: Record<string, unknown>; at: number },
): Promise<boolean> {
  const rows = await tx.query(
    `update import_job set status = 'running', settings = $2::jsonb, started_at = coalesce(started_at, $3), ended_at = null, error = null,
            owner = null, owned_until = null
     where id = $1 and status in ('uploaded', 'failed', 'cancelled') and path is not null returning id`,
    [id, JSON.stringify(settings), at],
  )
  return rows.length > 0
}

export interface EndImport {
  id: string
  status: 'done' | 'cancelled' | 'failed'
  error?: string | undefined
  at: number
  /** Of the claim, for whoever carries the import out; without it a person ends the import whoever does. */
  owner?: string | undefined
}

/** Ends an import; what it took in stays. Its file goes with `done`; after a failure or a cancel it is kept, to go on. */
export async function endImport(tx: Sql, { id, status, error, at, owner }: EndImport): Promise<boolean> {
  const rows = await tx.query(
    `update import_job set status = $2, error = $3, ended_at = $4, path = case when $2 = 'done' then null else path end
     where id = $1 and status = 'running' and ($5::text is null or owner = $5) returning id`,
    [id, status, error ?? null, at, owner ?? null],
  )
  if (status === 'done' && rows.length > 0) await tx.query('delete from import_key where job_id = $1', [id])
  return rows.length > 0
}

/** Files nobody started, or that stopped, before `before`: their rows forget the file. @returns what to remove from the disk */
export async function forgetImportFiles(tx: Sql, before: number): Promise<string[]> {
  const rows = await tx.query<{ id: string; path: string }>(
    `update import_job i set path = null from (select id, path from import_job where path is not null and created_at < $1
     and status in ('uploaded', 'failed', 'cancelled')) o where i.id = o.id returning i.id, o.path`,
    [before],
  )
  await tx.query('delete from import_key where job_id = any($1::text[])', [rows.map((row) => row.id)])
  return rows.map((row) => row.path)
}

export interface Reject {
  line: number
  reason: string
  /** The row as it stands in the file, cut. */
  raw: string
}

/** Rejected rows in the order of the file, after a line. */
export function importRejects(sql: Sql, { id, after, limit }: { id: string; after: number; limit: number }): Promise<Reject[]> {
  return sql.query<Reject>('select line, reason, raw from import_reject where job_id = $1 and line > $2 order by line limit $3', [
    id,
    after,
    limit,
  ])
}
