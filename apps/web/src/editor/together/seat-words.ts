import { spanWords } from '../../ui/date-words.ts'
import type { SeatState } from './seat.ts'

/** "last change 3 min ago", by the server's clock. */
export function lastChange({ now, editor }: Pick<SeatState, 'now' | 'editor'>): string {
  const ago = now - (editor?.activeAt ?? now)
  return ago < 60_000 ? 'last change just now' : `last change ${spanWords(ago)} ago`
}

/** The first name, for a button. */
export const first = (name: string): string => name.split(' ')[0] ?? name

/** The question before the place is taken. */
export function takeQuestion({ now, editor }: Pick<SeatState, 'now' | 'editor'>): { title: string; text: string; deed: string } {
  const whose = editor?.you === true ? 'The other window' : (editor?.name ?? 'Whoever draws it')
  const busy = editor !== null && now - editor.activeAt < 60_000 ? `${whose} changed something less than a minute ago. ` : ''
  return {
    title: editor?.you === true ? 'Go on in this window?' : `Take over from ${editor?.name ?? 'whoever draws it'}?`,
    text: `${busy}What is not saved there is saved first. Where that does not work within a few seconds, it is kept there and can be compared later. ${whose} then reads along.`,
    deed: editor?.you === true ? 'Go on here' : 'Take over',
  }
}
