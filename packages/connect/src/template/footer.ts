import { escapeHtml } from './liquid-engine.ts'

/** Who sends and where to write to: what the law wants in every marketing mail. */
export type FooterFacts = {
  name: string
  postalAddress: string
  unsubscribe?: string | undefined
  /** The page where a reader chooses what to get. */
  preferences?: string | undefined
}

const lines = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean)

/** The footer as a table of its own, fit for `<mj-raw>`, `<mj-text>` and for the end of any HTML mail. */
export function footerHtml({ name, postalAddress, unsubscribe, preferences }: FooterFacts): string {
  const address = [name, ...lines(postalAddress)].filter(Boolean).map(escapeHtml).join('<br>')
  const linkTo = (url: string | undefined, words: string) =>
    url ? [`<a href="${escapeHtml(url)}" style="color:#5b6472;text-decoration:underline">${words}</a>`] : []
  const ways = [...linkTo(unsubscribe, 'Unsubscribe'), ...linkTo(preferences, 'Choose what you get')]
  const link = ways.length > 0 ? `<br>${ways.join(' &middot; ')}` : ''
  return (
    '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>' +
    '<td align="center" style="padding:24px 16px;font-family:Helvetica,Arial,sans-serif;font-size:12px;' +
    `line-height:18px;color:#5b6472">${address}${link}</td></tr></table>`
  )
}

/** The footer of the plain-text part, after the line that mail readers know as the start of a signature. */
export function footerText({ name, postalAddress, unsubscribe, preferences }: FooterFacts): string {
  const address = [name, ...lines(postalAddress)].filter(Boolean)
  return [
    '-- ',
    ...address,
    ...(unsubscribe ? [`Unsubscribe: ${unsubscribe}`] : []),
    ...(preferences ? [`Choose what you get: ${preferences}`] : []),
  ].join('\n')
}

/** Whether a text shows the whole postal address, however its lines are broken. */
export function showsAddress(text: string, postalAddress: string): boolean {
  const plain = text.replace(/\s+/g, ' ')
  return lines(postalAddress).every((line) => plain.includes(line.replace(/\s+/g, ' ')))
}
