/** What a short script over the file finds: no part of the product is used here, so that it can be held against it. */
export interface Plain {
  rows: number
  counts: Record<'job' | 'education' | 'poutcome', Record<string, number>>
  /** How many the sample flow "Bank campaign" hands to sales. */
  handed: number
}

const COUNTED = ['job', 'education', 'poutcome'] as const

/** Reads a bank file (`;`, a header, no cell with `;` or a line break in it). */
export function readPlain(text: string): Plain {
  const [header = '', ...lines] = text.split('\r\n').filter((line) => line !== '')
  const names = header.split(';')
  const counts: Plain['counts'] = { job: {}, education: {}, poutcome: {} }
  let handed = 0
  for (const line of lines) {
    const cells = line.split(';')
    const cell = (name: string) => cells[names.indexOf(name)] ?? ''
    for (const name of COUNTED) counts[name][cell(name)] = (counts[name][cell(name)] ?? 0) + 1
    let fit = 0
    if (cell('poutcome') === 'success') fit += 40
    else if (['failure', 'other'].includes(cell('poutcome')) && Number(cell('previous')) >= 2) fit += 10
    if (['management', 'retired', 'student', 'admin.'].includes(cell('job'))) fit += 20
    else if (['blue-collar', 'entrepreneur'].includes(cell('job'))) fit -= 10
    if (Number(cell('balance')) >= 1500) fit += 15
    if (fit >= 50 && Number(cell('campaign')) <= 3) handed++
  }
  return { rows: lines.length, counts, handed }
}
