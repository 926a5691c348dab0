import { DAY, HOUR } from '@baton/leads'
import { mostMails } from './heaviest.ts'
import type { Issue } from './issue.ts'
import { companions } from './meets.ts'
import type { Rule } from './subject.ts'
import { hoursWords, listed } from './words.ts'

/** What is many where the workspace has said nothing. */
const USUAL = { count: 5, hours: 168 } as const

/** More marketing mails within some days than the workspace allows, or than is usual: the heaviest way there is. E-333. */
export const pressure: Rule = (subject) => {
  const { catalog, nameOf } = subject
  const { caps } = catalog.sending
  const issues: Issue[] = []
  for (const { count, hours } of caps.length > 0 ? caps : [USUAL]) {
    const { mails, path } = mostMails(subject, hours * HOUR, count + 1)
    if (mails <= count) continue
    const held = caps.length > 0 ? `The workspace lets ${count} through; the others are held or left out.` : `More than ${count} is a lot.`
    const named = [...new Set(path.filter((it) => subject.nodes.get(it)?.kind.mails))].map(nameOf)
    issues.push({
      code: 'pressure',
      severity: 'warning',
      nodes: [...new Set(path)],
      say: `Somebody can come to ${mails} or more mails within ${hoursWords(hours)} on this way: ${listed(named)}. ${held} Put longer waits between them.`,
    })
  }
  return issues
}

/** The same over all flows that let in the same people. A cap of the workspace counts over all flows by itself. E-335. */
export const pressureAcross: Rule = (subject) => {
  if (subject.catalog.sending.caps.length > 0) return []
  const others = companions(subject).filter((it) => it.runs.mails > 0)
  if (others.length === 0) return []
  const own = mostMails(subject, 7 * DAY, USUAL.count + 1)
  const all = others.reduce((sum, it) => sum + it.runs.mails, own.mails)
  if (own.mails === 0 || own.mails > USUAL.count || all <= USUAL.count) return []
  return [
    {
      code: 'pressure-across',
      severity: 'warning',
      nodes: [...new Set(own.path)],
      say: `${listed(others.map((it) => `“${it.name}”`))} ${others.length === 1 ? 'takes' : 'take'} in the same people: with this flow they can get ${all} mails within 7 days. Put longer waits here, or set a limit for all mail in the settings.`,
    },
  ]
}
