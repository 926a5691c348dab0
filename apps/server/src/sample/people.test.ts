import { expect, test } from 'vitest'
import { answerToMail, pastOf } from './behaviour.ts'
import { sampleCsv, samplePeople } from './people.ts'

const today = Date.UTC(2026, 2, 13)

test('the same seed makes the same people, and no two share an address', () => {
  const people = samplePeople(500, 'seed', today)
  expect(people).toEqual(samplePeople(500, 'seed', today))
  expect(new Set(people.map((p) => p.email)).size).toBe(500)
  expect(people.every((p) => p.email.endsWith('.example'))).toBe(true)
})

test('the file has a line per person and the heads that the import knows', () => {
  const lines = sampleCsv(samplePeople(20, 'seed', today)).split('\r\n')
  expect(lines).toHaveLength(21)
  expect(lines[0]).toBe('email,first_name,last_name,job_title,company,company_size,country,plan,last_order')
})

test('the keen answer more than the lukewarm, and everybody opens before they click', () => {
  const people = samplePeople(2000, 'seed', today)
  const clicks = (some: typeof people) =>
    some.filter((p) => answerToMail(p, 'mail').some((deed) => deed.do === 'click')).length / some.length
  expect(clicks(people.filter((p) => p.keen > 0.6))).toBeGreaterThan(3 * clicks(people.filter((p) => p.keen < 0.2)))
  for (const person of people) {
    const order = answerToMail(person, 'mail').map((deed) => deed.after)
    expect(order).toEqual([...order].sort((a, b) => a - b))
    expect(pastOf(person).every((visit) => visit.before > 0)).toBe(true)
  }
})
