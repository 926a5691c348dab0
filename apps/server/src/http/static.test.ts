import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import express from 'express'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { webPages } from './static.ts'

let root: string
let server: Server
let url: string
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'pages-'))
  mkdirSync(join(root, 'assets'))
  writeFileSync(join(root, 'index.html'), '<title>Baton</title>')
  writeFileSync(join(root, 'assets/app-1a2b.js'), 'plain')
  writeFileSync(join(root, 'assets/app-1a2b.js.gz'), gzipSync('packed'))
  server = express().use(webPages(root)).listen(0)
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.close()
  rmSync(root, { recursive: true })
})

const html = { accept: 'text/html' }

test('every address of the app is its one page, asked for anew each time', async () => {
  for (const path of ['/', '/flows/flw_x/edit', '/companies/kystfrakt.example', '/companies/acme.io%2Feu']) {
    const answer = await fetch(url + path, { headers: html })
    expect([await answer.text(), answer.headers.get('cache-control')]).toEqual(['<title>Baton</title>', 'no-cache'])
  }
})

test('a file that is not there is not the page, nor is an answer to a script', async () => {
  for (const path of ['/assets/gone.js', '/favicon.ico']) expect((await fetch(url + path, { headers: html })).status).toBe(404)
  expect((await fetch(`${url}/flows`, { headers: { accept: 'application/json' } })).status).toBe(404)
})

test('what is named by its content is kept for ever, and sent packed where the browser takes it', async () => {
  const packed = await fetch(`${url}/assets/app-1a2b.js`, { headers: { 'accept-encoding': 'gzip' } })
  expect(await packed.text()).toBe('packed')
  expect(packed.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  expect(packed.headers.get('vary')).toContain('Accept-Encoding')
  expect(packed.headers.get('cache-control')).toContain('immutable')
  const plain = await fetch(`${url}/assets/app-1a2b.js`, { headers: { 'accept-encoding': 'identity' } })
  expect(await plain.text()).toBe('plain')
})

test('nothing outside its folder is served', async () => {
  for (const path of ['/..%2f..%2fetc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '/assets/..%5c..%5cindex.html']) {
    expect(await (await fetch(url + path)).text()).not.toContain('root:')
  }
})

test('pages that were never built say how to build them', async () => {
  const bare = express().use(webPages(undefined)).listen(0)
  const answer = await fetch(`http://127.0.0.1:${(bare.address() as AddressInfo).port}/`)
  expect([answer.status, await answer.text()]).toEqual([503, expect.stringContaining('npm start')])
  bare.close()
})
