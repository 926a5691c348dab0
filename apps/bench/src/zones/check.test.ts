import { expect, test } from 'vitest'
import { compareZones } from './check.ts'
import { readBackward, readZdump } from './tables.ts'

const BERLIN = [
  'Europe/Berlin  -9223372036854775808 = NULL',
  'Europe/Berlin  Sun Mar 29 00:59:59 2026 UT = Sun Mar 29 01:59:59 2026 CET isdst=0 gmtoff=3600',
  'Europe/Berlin  Sun Mar 29 01:00:00 2026 UT = Sun Mar 29 03:00:00 2026 CEST isdst=1 gmtoff=7200',
  'Europe/Berlin  Sun Oct 25 00:59:59 2026 UT = Sun Oct 25 02:59:59 2026 CEST isdst=1 gmtoff=7200',
  'Europe/Berlin  Sun Oct 25 01:00:00 2026 UT = Sun Oct 25 02:00:00 2026 CET isdst=0 gmtoff=3600',
]

test('reads pairs of lines, and leaves out changes of the flag alone', () => {
  const flag = [
    'Africa/X  Sun Mar 29 00:59:59 2026 UT = Sun Mar 29 01:59:59 2026 A isdst=0 gmtoff=3600',
    'Africa/X  Sun Mar 29 01:00:00 2026 UT = Sun Mar 29 02:00:00 2026 B isdst=1 gmtoff=3600',
  ]
  expect(readZdump([...BERLIN, ...flag].join('\n'))).toEqual([
    { zone: 'Europe/Berlin', at: Date.UTC(2026, 2, 29, 1), before: 3_600_000, after: 7_200_000 },
    { zone: 'Europe/Berlin', at: Date.UTC(2026, 9, 25, 1), before: 7_200_000, after: 3_600_000 },
  ])
  expect(readBackward('# a\nLink\tAsia/Kolkata\tAsia/Calcutta #= x\n')).toEqual([{ alias: 'Asia/Calcutta', target: 'Asia/Kolkata' }])
})

test('tells what differs', () => {
  const wrong = BERLIN.map((it) => it.replace('gmtoff=7200', 'gmtoff=9000'))
  const { differences } = compareZones(wrong.join('\n'), 'Link Europe/Berlin Mars/Phobos\nLink Europe/Berlin Asia/Tokyo\n')
  expect(differences).toContain('Mars/Phobos is not accepted')
  expect(differences).toContain('Asia/Tokyo differs from Europe/Berlin at 2026-01-15T00:00:00.000Z')
  expect(differences.join('\n')).toContain('Europe/Berlin 2026-03-29T01:00:00.000Z: the offset at the change is 7200000, not 9000000')
  // The two changes of 2026 stand in the table, the others of 2018 to 2031 do not.
  expect(differences.filter((it) => it.includes('there is no change at'))).toHaveLength(26)
})
