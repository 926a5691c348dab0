import { expect, test } from 'vitest'
import { type Block, blocks, insertBlock } from './blocks.ts'

const source = `<mjml>
  <mj-body>
    <mj-section>
      <mj-column>
        <mj-text>One</mj-text>
        <mj-text>Two</mj-text>
      </mj-column>
    </mj-section>
    <mj-section><mj-column></mj-column></mj-section>
    <mj-raw>{{ footer }}</mj-raw>
  </mj-body>
</mjml>`
const block = (id: string): Block => blocks.find((one) => one.id === id) ?? { id, label: '', into: 'column', mjml: [] }
const put = (id: string, near: string, within = source) => {
  const { at, text } = insertBlock(within, within.indexOf(near), block(id))
  return within.slice(0, at) + text + within.slice(at)
}

test('goes behind the element the cursor is in, on a line of its own', () => {
  expect(put('divider', 'One')).toContain(
    '<mj-text>One</mj-text>\n        <mj-divider border-width="1px" border-color="#e3e7ee" />\n        <mj-text>Two</mj-text>',
  )
  expect(put('divider', 'Two')).toMatch(/Two<\/mj-text>\n {8}<mj-divider/)
})

test('from outside of every column it goes to the end of the one before', () => {
  expect(put('text', '<mj-raw>')).toContain('<mj-column>\n      <mj-text>Write here.</mj-text>\n    </mj-column>')
  expect(put('text', '<mj-body>')).toMatch(/<mj-column>\n {8}<mj-text>Write here\.<\/mj-text>\n {8}<mj-text>One/)
})

test('two columns go behind the section, never into it', () => {
  expect(put('columns', 'One')).toMatch(/<\/mj-section>\n {4}<mj-section>\n {6}<mj-column>/)
})

test('into an empty text it goes as it is', () => {
  expect(put('text', '', '')).toBe('<mj-text>Write here.</mj-text>')
})
