import { expect, test } from 'vitest'
import { type Lane, lot } from '../src/index.ts'
import { onBothDrivers } from './drivers.ts'

const LANES: readonly Lane[] = [
  { kind: 'span', from: 0, to: 1023 },
  { kind: 'one', bucket: 7 },
]

/** Whatever has a meaning in an array's literal, in a list of lines, or in JSON. */
const TEXTS = ['', 'NULL', 'null', ' a b ', 'a,b', '{a}', '"a"', "it's", 'a\\b', '\\', 'a\nb\r\tc', 'ä€😀', '\\N', '$1', null]

const ROWS = TEXTS.map((text, i) => ({
  bucket: 7,
  id: 2 ** 52 + i,
  n: i % 2 ? null : 5 - i,
  yes: i % 3 ? null : i % 2 === 0,
  text,
  otherText: text,
  doc: text === null ? null : { [text]: [text, 1.5, null, true, { deep: text }] },
  raw: text === null ? undefined : text,
}))

onBothDrivers('rows handed over with a statement', (handle) => {
  test.each(LANES)('come as they are, by a lane of kind $kind', async (lane) => {
    const q = lot(lane, ROWS, 'id bigint, n integer, yes boolean, text text, "otherText" text, doc jsonb, raw json')
    const found = await handle().query(
      `select ${q.bucket} as bucket, v.id, v.n, v.yes, v.text, v."otherText", v.doc, v.raw from ${q.source} order by v.id`,
      q.params,
    )
    expect(found).toEqual(ROWS.map((row) => ({ ...row, raw: row.raw ?? null })))
  })

  test('come as one row of nothing', async () => {
    const q = lot({ kind: 'span', from: 0, to: 9 }, [{ bucket: 1 }], 'text text, doc jsonb, n integer')
    expect(await handle().query(`select v.bucket, v.text, v.doc, v.n from ${q.source}`, q.params)).toEqual([
      { bucket: 1, text: null, doc: null, n: null },
    ])
  })

  test('keep the order of keys, where the column is json', async () => {
    const q = lot({ kind: 'span', from: 0, to: 9 }, [{ bucket: 1, doc: { b: 1, a: 2 } }], 'doc json')
    expect(await handle().query(`select v.doc::text as doc from ${q.source}`, q.params)).toEqual([{ doc: '{"b":1,"a":2}' }])
  })
})

test('a type that nobody knows how to hand over is refused', () => {
  expect(() => lot({ kind: 'one', bucket: 1 }, [], 'at timestamptz')).toThrow('column at of type timestamptz')
})
