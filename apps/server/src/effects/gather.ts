import type { MailTransport } from '@baton/connect'
import { type Gathered, gatheredNotes, type Handle, noteTold, workspaceSettings } from '@baton/db'
import { timeOfDayOn } from '@baton/leads'
import { sendLetter } from '../deliver/letter.ts'

export interface GatherPorts {
  transport: MailTransport | null
  baseUrl: string
}

/** Daily mails go out at eight in the workspace's zone. */
const EIGHT = '08:00'

/** So many notes one mail tells; of the others it says how many there are. */
const MOST_NOTES = 100

/**
 * Daily: once it is eight, to whom nothing was told since; a clock that was moved back has told nothing yet. What waited before somebody
 * chose to be told at once goes out with the next mails.
 */
function isTime({ notify, toldUntil }: Gathered, now: number, zone: string): boolean {
  if (notify !== 'daily') return true
  const eight = timeOfDayOn(now, EIGHT, zone)
  return now >= eight && (toldUntil === null || toldUntil < eight || toldUntil > now)
}

/**
 * Mails the notes about leads to those who want them gathered, hourly or daily; nothing where there is nothing new. What could not be
 * mailed is in the next one. @returns how many were mailed
 */
export async function mailGathered(db: Handle, now: number, { transport, baseUrl }: GatherPorts): Promise<number> {
  if (!transport) return 0
  const settings = await workspaceSettings(db)
  let mailed = 0
  for (const one of await gatheredNotes(db)) {
    if (!isTime(one, now, settings.zone)) continue
    const { user, notes } = one
    const lines = notes.slice(0, MOST_NOTES).map((note) => `${note.text}\n${baseUrl}/desk/${note.leadId}`)
    const more = notes.length - lines.length
    if (more > 0) lines.push(`And ${more} more ${more === 1 ? 'note' : 'notes'}, which are older: they stand under the bell.`)
    const subject = notes.length === 1 ? (notes[0]?.text ?? '') : `${notes.length} notes about your leads`
    const sent = await sendLetter(
      { to: user, subject, text: [...lines, `Everything that waits for you: ${baseUrl}/desk`].join('\n\n') },
      { transport, settings, at: now },
    )
    if (sent.result !== 'sent') continue
    await db.transaction((tx) => noteTold(tx, one, now))
    mailed++
  }
  return mailed
}
