import { expect, test } from 'vitest'
import { accessTable, appRouter } from '../src/index.ts'

const table = accessTable(appRouter)

test('every procedure says who may call it', () => {
  expect(table.filter((row) => row.access === null || row.access.length === 0).map((row) => row.path)).toEqual([])
})

test('the access table is the one that was reviewed: run vitest -u and look at the difference', async () => {
  const width = Math.max(...table.map((row) => row.path.length))
  const lines = table.map(({ path, type, access }) => {
    const who = typeof access === 'string' ? access : access?.join(' ')
    return `${path.padEnd(width)}  ${type.padEnd(8)}  ${who}`
  })
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('access-table.txt')
})
