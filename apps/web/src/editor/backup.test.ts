import { type FlowGraph, moveNodes, removeNodes } from '@baton/engine'
import { sampleFlows } from '@baton/engine/fixtures'
import { beforeEach, expect, it, vi } from 'vitest'
import { keepBackup, storeKept } from './backup.ts'
import { parseBackups, readBackup, readKept } from './together/read-backup.ts'
import { historyKey, keepText } from './together/storage.ts'

const base = sampleFlows[0]?.graph as FlowGraph
const mine = removeNodes(moveNodes(base, { [base.nodes[0]?.id ?? '']: { x: 8, y: 16 } }), [base.nodes[1]?.id ?? ''])
const slot = { userId: 'usr_1', flowId: 'flw_1' }

/** Storage of so many letters. */
function storageOf(room: number) {
  const texts = new Map<string, string>()
  const used = () => [...texts].reduce((sum, [key, text]) => sum + key.length + text.length, 0)
  return {
    getItem: (key: string) => texts.get(key) ?? null,
    setItem(key: string, text: string) {
      const before = texts.get(key)?.length ?? 0
      if (used() - before + key.length + text.length > room) throw new DOMException('full', 'QuotaExceededError')
      texts.set(key, text)
    },
    removeItem: (key: string) => void texts.delete(key),
    key: (at: number) => [...texts.keys()][at] ?? null,
    get length() {
      return texts.size
    },
  }
}

beforeEach(() => {
  vi.stubGlobal('localStorage', storageOf(1_000_000))
  return () => vi.unstubAllGlobals()
})

it.each([null, '', 'not json', '7', '{}', '{"graph":{"nodes":7},"rev":1,"at":2}', '{"graph":{"nodes":[],"edges":[]},"rev":"x","at":2}'])(
  'what storage holds may be anything: %j is nothing',
  (text) => expect(parseBackups(text)).toEqual([]),
)

it('comes back as it was kept, with what it was made on', () => {
  const backup = { graph: mine, rev: 3, at: 9, base }
  expect(keepBackup(slot, backup)).toBe(true)
  expect(readBackup(slot)).toEqual(backup)
  expect(readBackup({ ...slot, userId: 'usr_2' })).toBeNull()
  keepBackup(slot, null)
  expect(readBackup(slot)).toBeNull()
})

it('keeps several that wait for a decision', () => {
  const first = { graph: mine, rev: 3, at: 9, base }
  const second = { graph: base, rev: 4, at: 10, base: mine }
  storeKept(slot, [first, second])
  expect(readKept(slot)).toEqual([first, second])
  storeKept(slot, [])
  expect(readKept(slot)).toEqual([])
})

it('histories make room for what is unsaved; where that is not enough, it says so and leaves what was there', () => {
  const text = JSON.stringify({ graph: mine, rev: 3, at: 9 })
  vi.stubGlobal('localStorage', storageOf(text.length + 2_000))
  keepText(historyKey({ ...slot, flowId: 'flw_2' }), 'x'.repeat(text.length))
  expect(keepBackup(slot, { graph: mine, rev: 3, at: 9, base: mine })).toBe(true)
  expect(readBackup(slot)?.graph).toEqual(mine)
  vi.stubGlobal('localStorage', storageOf(100))
  expect(keepBackup(slot, { graph: mine, rev: 3, at: 9, base })).toBe(false)
  expect(readBackup(slot)).toBeNull()
})

it('where storage is forbidden nothing breaks', () => {
  vi.stubGlobal('localStorage', undefined)
  expect(readBackup(slot)).toBeNull()
  expect(keepBackup(slot, { graph: mine, rev: 3, at: 9, base })).toBe(false)
  keepBackup(slot, null)
})
