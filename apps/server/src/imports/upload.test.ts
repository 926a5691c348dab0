import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '@baton/db'
import express from 'express'
import { expect, test } from 'vitest'
import { uploadRouter } from './upload.ts'

test('a file beyond the limit is refused with what to do, and leaves nothing on the disk', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'baton-upload-'))
  const db = await openDatabase({ memory: true })
  await db.migrate()
  const whoIs = async () => ({ id: 'u', name: 'Ada', role: 'marketer' as const })
  const parts = { db, dir, whoIs, clock: { now: () => 1 }, log: { error: () => {} }, maxBytes: 2 * 1024 ** 2 }
  const server = createServer(express().use(uploadRouter(parts)))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const put = (size: number) => fetch(`http://127.0.0.1:${port}/upload?name=a.csv`, { method: 'PUT', body: Buffer.alloc(size, 'a') })
  try {
    const refused = await put(2 * 1024 ** 2 + 1)
    expect(refused.status).toBe(415)
    expect(await refused.text()).toMatch(/more than 2 MB. Cut it into several/)
    expect(readdirSync(dir)).toEqual([])
    expect((await put(2 * 1024 ** 2)).status).toBe(201)
    expect(readdirSync(dir)).toHaveLength(1)
  } finally {
    await new Promise((done) => server.close(done))
    await db.close()
    rmSync(dir, { recursive: true })
  }
})
