import type { Locator, Page } from 'playwright-core'
import { chooseByKeys, turn, typeOver } from './editor.ts'

/** One value of a step's form, changed by the keyboard, and what its card says then. */
interface Edit {
  id: string
  says: RegExp
  change(page: Page, form: Locator): Promise<void>
}

const select = (label: string, words: string) => (page: Page, form: Locator) =>
  chooseByKeys(page, form.getByLabel(label, { exact: true }).first(), words)
const type = (label: string, words: string) => (page: Page, form: Locator) =>
  typeOver(page, form.getByLabel(label, { exact: true }).first(), words)
const other = (label: string) => (page: Page, form: Locator) => turn(page, form.getByRole('radiogroup', { name: label }))

/** Every step of the programme, each by a control of another sort where its form has several. */
export const EDITS: readonly Edit[] = [
  { id: 'sent', says: /^When sales accepts them$/, change: select('What lets people in', 'Sales does something') },
  { id: 'hand', says: /^When a program/, change: select('What lets people in', 'Other software lets them in') },
  { id: 'chance', says: /Rung up/, change: type('Name of way 1', 'Rung up') },
  {
    id: 'mark',
    says: /^Tag demo, warm$/,
    change: async (page, form) => {
      await form.getByLabel('Tags', { exact: true }).focus()
      await page.keyboard.type('warm')
      await page.keyboard.press('Enter')
    },
  },
  { id: 'list', says: /^Take off Asked/, change: other('What to do') },
  { id: 'pace', says: /20 /, change: type('At most', '20') },
  { id: 'ask', says: /^Call crm\.example\.com$/, change: type('Web address', 'https://crm.example.com/hook') },
  {
    id: 'which',
    // A branch of one case reads as its condition; one of several by their names.
    says: /^Which way: .+, Platinum, or otherwise$/,
    change: async (page, form) => {
      await form.getByRole('button', { name: 'Add a case' }).focus()
      await page.keyboard.press('Enter')
      await typeOver(page, form.getByLabel('Name of the case', { exact: true }).last(), 'Platinum')
    },
  },
  { id: 'tell', says: /choose a team/, change: other('Who is told') },
  { id: 'mail', says: /^Send What is new/, change: select('Mail', 'What is new') },
  { id: 'wait', says: /at most 5 days/, change: type('How long', '5') },
  { id: 'won', says: /^Leave as reached/, change: other('What happens to whoever reaches it') },
  { id: 'begin', says: /^Welcome them$/, change: type('Name of the step', 'Welcome them') },
  { id: 'done', says: /Won$/, change: type('What this end is called', 'Won') },
]
