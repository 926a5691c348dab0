import { expect, it } from 'vitest'
import { choosable } from './choosable.ts'

const mail = (id: string, archived: boolean) => ({ id, name: id, purpose: 'marketing' as const, archived })

it('offers no mail that was put away, unless the step has it already', () => {
  const mails = [mail('hello', false), mail('old', true), mail('older', true)]
  expect(choosable(mails, null).map(({ id }) => id)).toEqual(['hello'])
  expect(choosable(mails, 'old').map(({ id }) => id)).toEqual(['hello', 'old'])
})
