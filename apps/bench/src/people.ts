import { once } from 'node:events'
import { createWriteStream } from 'node:fs'

const JOBS = [
  'management',
  'technician',
  'entrepreneur',
  'blue-collar',
  'retired',
  'admin.',
  'services',
  'self-employed',
  'unemployed',
  'housemaid',
  'student',
  'unknown',
]
const MARITAL = ['married', 'single', 'divorced']
const EDUCATION = ['tertiary', 'secondary', 'primary', 'unknown']
const CONTACT = ['cellular', 'unknown', 'telephone']
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const POUTCOME = ['unknown', 'failure', 'other', 'success']
const HEADER = 'age;job;marital;education;default;balance;housing;loan;contact;day;month;duration;campaign;pdays;previous;poutcome;y'

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** Lines of a phone campaign of a bank, in the form of the UCI "Bank Marketing" file: `;`, CRLF, negative balances, -1 for never. */
export function* bankLines(rows: number, seed: number): Generator<string> {
  const random = dice(seed)
  const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)] ?? ''
  const yes = (share: number) => (random() < share ? 'yes' : 'no')
  yield `${HEADER}\r\n`
  for (let i = 0; i < rows; i++) {
    const known = random() < 0.2
    const row = [
      18 + Math.floor(random() * 70),
      pick(JOBS),
      pick(MARITAL),
      pick(EDUCATION),
      yes(0.02),
      Math.floor(random() ** 3 * 20_000) - 800,
      yes(0.55),
      yes(0.16),
      pick(CONTACT),
      1 + Math.floor(random() * 31),
      pick(MONTHS),
      Math.floor(random() * 1200),
      1 + Math.floor(random() ** 3 * 20),
      known ? 1 + Math.floor(random() * 400) : -1,
      known ? 1 + Math.floor(random() * 5) : 0,
      known ? pick(POUTCOME.slice(1)) : 'unknown',
      yes(0.12),
    ]
    yield `${row.join(';')}\r\n`
  }
}

/** Writes a generated file. */
export async function writeBankFile(path: string, rows: number, seed: number): Promise<void> {
  const out = createWriteStream(path)
  for (const line of bankLines(rows, seed)) if (!out.write(line)) await once(out, 'drain')
  out.end()
  await once(out, 'close')
}
