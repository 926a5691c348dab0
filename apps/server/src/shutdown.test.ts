import { afterEach, expect, test, vi } from 'vitest'
import { createLog } from './log.ts'
import { stopSurely } from './shutdown.ts'

const log = createLog('silent')

test('what hangs in the database is ended, as often as it takes, and only while it stops', async () => {
  let interrupts = 0
  let free = () => {}
  const hangs = new Promise<void>((resolve) => {
    free = resolve
  })
  const interrupt = async () => {
    interrupts++
    if (interrupts === 1) throw new Error('Too many connections')
    if (interrupts === 3) free()
  }
  vi.useFakeTimers()
  const stopped = stopSurely({ stop: () => hangs, interrupt }, log, 10_000)
  await vi.advanceTimersByTimeAsync(9_999)
  expect(interrupts).toBe(0)
  await vi.advanceTimersByTimeAsync(20_001)
  await stopped
  await vi.advanceTimersByTimeAsync(60_000)
  expect(interrupts).toBe(3)
})

afterEach(() => {
  vi.useRealTimers()
})

test('who stops in time is left in peace', async () => {
  let interrupts = 0
  const interrupt = async () => void interrupts++
  await stopSurely({ stop: async () => {}, interrupt }, log)
  expect(interrupts).toBe(0)
})
