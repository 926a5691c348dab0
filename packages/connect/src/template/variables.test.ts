import { expect, test } from 'vitest'
import { unknownVariables } from './variables.ts'

const fields = ['firstName', 'company']

test('known fields, the workspace and what the caller adds are fine', () => {
  const variables = ['contact.firstName', 'contact.company.name', 'workspace.name', 'unsubscribe_url', 'event.order']
  expect(unknownVariables({ variables }, fields, ['event'])).toEqual([])
})

test.each([
  ['contact.first_name', 'There is no field “first_name”. Write contact.firstName.'],
  ['contact.shoeSize', 'There is no field “shoeSize”. Correct the name, or add the field first.'],
  ['FirstName', '“FirstName” does not exist. Fields of a person are written contact.firstName.'],
  ['event.order', '“event.order” does not exist. Fields of a person are written contact.event.'],
])('%s is reported with what to write', (variable, message) => {
  expect(unknownVariables({ variables: [variable] }, fields)).toEqual([{ variable, message }])
})
