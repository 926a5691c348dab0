import { safe } from '@baton/api'
import { signConfirm } from '@baton/connect'
import { type AskToSend, offeredTopics, type Sql, type WorkspaceSettings } from '@baton/db'
import { tokenKeys } from '../deliver/addresses.ts'

const STYLE = 'font:16px/1.5 sans-serif;max-width:480px;margin:0 auto;padding:24px;color:#16181d'
const BUTTON =
  'display:inline-block;padding:11px 20px;border-radius:8px;background:#16181d;color:#ffffff;text-decoration:none;font-weight:500'

/** The mail that asks somebody whether they agree (double opt-in), made of the workspace's settings of this moment. */
export async function confirmMail(
  sql: Sql,
  ask: AskToSend,
  { settings, baseUrl }: { settings: WorkspaceSettings; baseUrl: string },
): Promise<{ subject: string; html: string; text: string }> {
  const from = settings.senderName || settings.name
  const names = new Map((await offeredTopics(sql)).map(({ id, name }) => [id, name]))
  const topics = ask.topics.map((topic) => `“${names.get(topic) ?? topic}”`).join(', ')
  const link = `${baseUrl}/y/${signConfirm(tokenKeys(settings.linkSecrets), { askId: String(ask.id) })}`
  const lines = [
    `Somebody, most likely you, entered this address in a form of ${from} and agreed to: ${topics}.`,
    'Open the link and confirm, and it is so.',
  ]
  const close = 'If it was not you, do nothing: without your confirmation nothing is sent.'
  const address = [from, settings.postalAddress].filter((line) => line !== '').join('\n')
  const html = [
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"></head><body><div style="${STYLE}">`,
    ...lines.map((line) => `<p>${safe(line)}</p>`),
    `<p style="margin:24px 0"><a href="${link}" style="${BUTTON}">Look and confirm</a></p>`,
    `<p>${safe(close)}</p><p style="color:#5a616d;font-size:13px;white-space:pre-line">${safe(address)}</p></div></body></html>`,
  ]
  return { subject: `Confirm that ${from} may write to you`, html: html.join('\n'), text: [...lines, link, close, address].join('\n\n') }
}
