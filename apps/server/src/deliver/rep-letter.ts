import { safe } from '@baton/api'
import { footerHtml, footerText } from '@baton/connect'
import type { ReadySend, RepMail, WorkspaceSettings } from '@baton/db'
import type { MailAddresses } from './addresses.ts'

const STYLE = 'font:15px/1.55 Helvetica,Arial,sans-serif;color:#16181d;max-width:640px'
/** A web address as people type it; a full stop or a bracket behind it does not belong to it. */
const WEB_ADDRESS = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]]/g

/** A rep's mail as it goes out: plain paragraphs, links that tell whether they were followed, and what the law wants at the foot. */
export function repLetter(
  { subject, body }: Pick<RepMail, 'subject' | 'body'>,
  {
    sendId,
    settings,
    addresses,
    unsubscribe,
    preferences,
  }: { sendId: number; settings: WorkspaceSettings; addresses: MailAddresses; unsubscribe: string; preferences: string },
): Pick<ReadySend, 'subject' | 'html' | 'text' | 'links'> {
  const links: { n: number; url: string }[] = []
  const linked = (line: string) => {
    let html = ''
    let from = 0
    for (const found of line.matchAll(WEB_ADDRESS)) {
      const [url] = found
      const n = links.push({ n: links.length + 1, url })
      html += `${safe(line.slice(from, found.index))}<a href="${safe(addresses.click(sendId, n))}">${safe(url)}</a>`
      from = found.index + url.length
    }
    return html + safe(line.slice(from))
  }
  const paragraphs = body
    .split(/\n{2,}/)
    .map((part) => `<p style="margin:0 0 14px">${part.split('\n').map(linked).join('<br>')}</p>`)
    .join('\n')
  const foot = { name: settings.senderName || settings.name, postalAddress: settings.postalAddress, unsubscribe, preferences }
  const html = [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"></head>',
    `<body><div style="${STYLE}">${paragraphs}</div>${footerHtml(foot)}`,
    `<img src="${safe(addresses.open(sendId))}" width="1" height="1" alt=""></body></html>`,
  ].join('\n')
  return { subject, html, text: `${body}\n\n${footerText(foot)}`, links }
}
