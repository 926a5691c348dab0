import { execFileSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { afterAll, describe, expect, test } from 'vitest'
import { readDate, readDateTime, readNumber } from './cell.ts'
import { csvLine } from './csv.ts'
import { detectEncoding } from './encoding.ts'
import { fieldNamed, guessType } from './guess.ts'
import { detectDelimiter } from './preview.ts'
import { readRecords } from './records.ts'

const dir = mkdtempSync(join(tmpdir(), 'baton-read-'))
afterAll(() => rmSync(dir, { recursive: true }))

const records = async (text: string, delimiter = ',', limits = {}) => {
  const path = join(dir, 'file.csv')
  writeFileSync(path, text)
  const found: unknown[] = []
  for await (const it of readRecords(path, delimiter, { bytes: 0, lines: 0 }, limits))
    found.push('broken' in it ? `${it.line} broken: ${it.raw}` : `${it.line} ${it.cells.join('|')} → ${it.next.bytes}`)
  return found
}

describe('rows of a file', () => {
  test('know their line and where the next begins, over CR LF, quotes, and lines inside quotes', async () => {
    expect(await records('a,b\r\n1,"x\r\ny"\r\n\r\n2,"say ""hi"""\r\n3,ü')).toEqual([
      '1 a|b → 5',
      '2 1|x\r\ny → 15',
      '5 2|say "hi" → 33',
      '6 3|ü → 37',
    ])
  })
  test('a stray quote is a quote', async () => {
    expect(await records('1,5" pipe\n2,"x"y\n3,z\n')).toEqual(['1 1|5" pipe → 10', '2 2|"x"y → 17', '3 3|z → 21'])
  })
  test('a quote that is never closed costs its own line', async () => {
    const tail = Array.from({ length: 3 }, (_, i) => `${i},ok`).join('\n')
    const found = await records(`a,b\n1,"open\n${tail}\n9,"again\n`)
    expect(found.filter((it) => String(it).includes('broken'))).toEqual(['2 broken: 1,"open', '6 broken: 9,"again'])
    expect(found).toHaveLength(6)
  })
  test('many such lines are refused with what to do', async () => {
    const text = `1,"open\n${'2,ok\n'.repeat(30)}`.repeat(5)
    await expect(records(text, ',', { maxRow: 100, maxBroken: 4 })).rejects.toThrow(
      /^Line 125: quote number 5 .* never closed. Export the file with quotes doubled/,
    )
    expect(await records(text, ',', { maxRow: 100, maxBroken: 5 })).toHaveLength(155)
  })
})

describe('what is detected', () => {
  test.each(['a;b\n1,5;2\n', 'a,b\n"1;2;3",4\n', 'a\tb,c\n1\t2\n', 'a|b\n1|2\n', 'one\ntwo\n'])('the delimiter of %j', (text) => {
    expect(detectDelimiter(text, false)).toMatchSnapshot()
  })

  test.each([
    ['utf-8 without a mark', iconv.encode('é'.repeat(9), 'utf8'), { name: 'utf-8', bom: 0 }],
    ['utf-8 with a mark', iconv.encode('a', 'utf8', { addBOM: true }), { name: 'utf-8', bom: 3 }],
    ['utf-8 cut inside a letter', iconv.encode('aé', 'utf8').subarray(0, 2), { name: 'utf-8', bom: 0 }],
    ['utf-16', iconv.encode('a', 'utf-16le', { addBOM: true }), { name: 'utf-16le', bom: 2 }],
    ['windows-1252', iconv.encode('Größe für 5 €, déjà vu', 'windows-1252'), { name: 'windows-1252', bom: 0 }],
  ])('%s', (_, bytes, encoding) => expect(detectEncoding(bytes)).toEqual(encoding))

  test.each([
    [['1', '2.5', '-3'], { type: 'number', decimal: '.' }],
    [['1,5', '1.234,00'], { type: 'number', decimal: ',' }],
    [['007', '12'], { type: 'text' }],
    [['yes', 'NO'], { type: 'boolean' }],
    [['2025-01-31', '2024-02-29'], { type: 'date', dates: 'ymd' }],
    [['31.01.2025', '05.02.2025'], { type: 'date', dates: 'dmy' }],
    [['01/31/2025', '02/05/2025'], { type: 'date', dates: 'mdy' }],
    [['31.02.2025'], { type: 'text' }],
    [['2025-01-31 10:00', '2025-02-01T11:30:00Z'], { type: 'datetime' }],
    [['a', '1'], { type: 'text' }],
    [[], { type: 'text' }],
  ])('%j', (values, guess) => expect(guessType(values)).toMatchObject(guess))

  test.each([
    ['E-Mail', 'email'],
    ['E-mail address', 'email'],
    ['Vorname', 'first_name'],
    ['Time zone', 'zone'],
    ['Shoe size', 'shoe'],
    ['contact', undefined],
  ])('the field of a column called %s is %s', (name, key) => {
    expect(fieldNamed(name, [{ key: 'shoe', label: 'Shoe size' }])).toBe(key)
  })
})

test.each([
  [readNumber('1 234,5', ','), 1234.5],
  [readNumber('1,234.5', '.'), 1234.5],
  [readNumber('1e3', '.'), 1000],
  [readNumber('1.2.3', '.'), undefined],
  [readNumber('12 apples', '.'), undefined],
  [readDate('1.2.24', 'dmy'), '2024-02-01'],
  [readDate('2024/2/1', 'dmy'), '2024-02-01'],
  [readDate('soon', 'dmy'), undefined],
  [readDateTime('1.7.2025 10:00', { decimal: '.', dates: 'dmy', zone: 'Europe/Berlin' }), '2025-07-01T08:00:00.000Z'],
  [readDateTime('2025-07-01T10:00:00.5-01:30', { decimal: '.', dates: 'ymd', zone: 'UTC' }), '2025-07-01T11:30:00.500Z'],
  [readDateTime('2025-07-01 25:00', { decimal: '.', dates: 'ymd', zone: 'UTC' }), undefined],
])('cells, case %#', (found, wanted) => expect(found).toBe(wanted))

test('a cell that a spreadsheet would run is marked as text', () => {
  expect(csvLine(['=1+1', '+49 30', '-5', '-x', '@me', '\tx', 'plain', 'a,"b"'])).toBe(`'=1+1,'+49 30,-5,'-x,'@me,'\tx,plain,"a,""b"""\r\n`)
})

/** Reads a file with the heap given and prints the resident memory after an eighth of the rows and at the end, in bytes. */
const READER = `import { runnerImport } from 'vite'
const { module } = await runnerImport('./records.ts', { configFile: false, logLevel: 'error' })
let rows = 0, early = 0
for await (const it of module.readRecords(process.argv[1], ',', { bytes: 0, lines: 0 })) {
  if (it.cells.length !== 6) throw new Error('row ' + rows)
  if (++rows === 10000) early = process.memoryUsage().rss
}
console.log(JSON.stringify({ rows, early, late: process.memoryUsage().rss }))`

test('a file larger than the heap is read with memory that does not grow', () => {
  const path = join(dir, 'large.csv')
  const file = openSync(path, 'w')
  const block = `${Array.from({ length: 1000 }, (_, i) => `person-${i}@example.org,${i},"some, text",2025-01-01,yes,${'x'.repeat(1000)}`).join('\n')}\n`
  for (let i = 0; i < 120; i++) writeSync(file, block)
  closeSync(file)
  const out = execFileSync(process.execPath, ['--max-old-space-size=96', '--input-type=module', '-e', READER, path], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  })
  const { rows, early, late } = JSON.parse(out)
  expect(rows).toBe(120_000)
  expect(late / early).toBeLessThan(1.5)
}, 120_000)
