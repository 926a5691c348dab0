import { client } from '../shell/api.ts'
import { confirm } from '../ui/confirm.ts'
import { trippedWords } from './live/tripped-words.ts'

/** Whether a paused flow shall go on: one that was paused by itself asks first, with the reason. */
export async function mayResume({ id, name }: { id: string; name: string }): Promise<boolean> {
  const { tripped } = await client.sending.flow.query({ flowId: id })
  if (!tripped) return true
  return confirm({
    title: `Let ${name} go on?`,
    text: `It was paused by itself: ${trippedWords(tripped)}. Its mails are counted anew from now on.`,
    deed: 'Go on',
  })
}
