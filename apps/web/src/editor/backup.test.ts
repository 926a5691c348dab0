import { sampleFlows } from '@baton/engine/fixtures'
import { expect, it } from 'vitest'
import { parseBackup } from './backup.ts'

it.each([null, '', 'not json', '7', '{}', '{"graph":{"nodes":7},"rev":1,"at":2}', '{"graph":{"nodes":[],"edges":[]},"rev":"x","at":2}'])(
  'what storage holds may be anything: %j is nothing',
  (text) => expect(parseBackup(text)).toBeNull(),
)

it('comes back as it was kept', () => {
  const graph = sampleFlows[0]?.graph
  expect(parseBackup(JSON.stringify({ graph, rev: 3, at: 9 }))).toEqual({ graph, rev: 3, at: 9 })
})
