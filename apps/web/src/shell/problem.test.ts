import { describe, expect, it } from 'vitest'
import { CallError } from './call.ts'
import { fieldProblems, isFinal, problemWords } from './problem.ts'

const answered = (httpStatus: number, problems: unknown = []) =>
  new CallError('Write your name.', { data: { code: 'BAD_REQUEST', httpStatus, problems } })

describe('isFinal', () => {
  it.each([400, 401, 403, 404, 409])('%d will not change by asking again', (status) => expect(isFinal(answered(status))).toBe(true))
  it.each([408, 429, 500, 502])('%d may', (status) => expect(isFinal(answered(status))).toBe(false))
  it('no answer at all may', () => expect(isFinal(new CallError('fetch failed'))).toBe(false))
})

describe('problemWords', () => {
  it("passes the server's words on", () => expect(problemWords(answered(400))).toBe('Write your name.'))
  it('says so when there was no answer, whatever the browser calls it', () => {
    expect(problemWords(new CallError('Failed to fetch'))).toContain('did not answer')
  })
})

describe('fieldProblems', () => {
  it('is keyed by path and leaves out what it does not understand', () => {
    const problems = [{ path: 'email', message: 'That is not an e-mail address.' }, { path: 7 }, null]
    expect(fieldProblems(answered(400, problems))).toEqual({ email: 'That is not an e-mail address.' })
  })
  it('is empty for other errors', () => expect(fieldProblems(new Error('x'))).toEqual({}))
})
