import { expect, test } from 'vitest'
import { unknownVariables } from './variables.ts'

const fields = ['first_name', 'company']

test('known fields, the workspace and what the caller adds are fine', () => {
  const variables = ['contact.first_name', 'contact.company.name', 'workspace.name', 'unsubscribe_url', 'event.order']
  expect(unknownVariables({ variables }, fields, ['event'])).toEqual([])
})

test.each([
  ['contact.First_Name', 'There is no field “First_Name”. Write contact.first_name.'],
  ['contact.shoeSize', 'There is no field “shoeSize”. Correct the name, or add the field first.'],
  ['FirstName', '“FirstName” does not exist. Fields of a person are written contact.first_name.'],
  ['event.order', '“event.order” does not exist. Fields of a person are written contact.event.'],
])('%s is reported with what to write', (variable, message) => {
  expect(unknownVariables({ variables: [variable] }, fields)).toEqual([{ variable, message }])
})
