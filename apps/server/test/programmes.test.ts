import { bundleCatalog, programmes } from '@baton/api'
import { compileTemplate, TemplateSource, unknownVariables } from '@baton/connect'
import { describe, expect, test } from 'vitest'

describe.each(programmes().map((it) => [it.name, it] as const))('the mails of %s', (_, { bundle }) => {
  test.each(bundle.templates.map((it) => [it.name, it] as const))(
    'can be sent: %s',
    async (__, { subject, preheader, body, text, purpose }) => {
      const made = await compileTemplate(TemplateSource.parse({ subject, preheader, body, text, purpose }))
      if (!('ok' in made)) throw new Error(JSON.stringify(made.errors))
      const fields = bundleCatalog(bundle).fields.map((it) => it.key)
      expect(unknownVariables(made.ok, fields)).toEqual([])
      // Both stand whole in the list of a mailbox.
      expect(subject.length).toBeLessThan(60)
      expect(preheader.length).toBeGreaterThan(10)
      expect(preheader.length).toBeLessThan(90)
    },
  )
})
