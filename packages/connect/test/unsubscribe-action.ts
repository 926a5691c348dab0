/** What a mailbox offers its reader, from List-Unsubscribe and List-Unsubscribe-Post. */
export type UnsubscribeAction =
  | { kind: 'OneClick' | 'HttpLink'; url: string }
  | { kind: 'Mailto'; address: string; subject: string | null }
  | { kind: 'None' }

/** RFC 2369 and RFC 8058 as careful mailboxes read them: one click over https first, then mail, then a page. */
export function unsubscribeAction(list: string | undefined, post: string | undefined): UnsubscribeAction {
  const targets = [...(list ?? '').matchAll(/<([^>]*)>/g)]
    .map(([, target]) => target?.trim() ?? '')
    .filter((target) => URL.canParse(target))
    .map((target) => new URL(target))
  const https = targets.find(({ protocol }) => protocol === 'https:')
  if (https && post?.trim().toLowerCase() === 'list-unsubscribe=one-click') return { kind: 'OneClick', url: https.href }
  const mail = targets.find(({ protocol }) => protocol === 'mailto:')
  if (mail) return { kind: 'Mailto', address: mail.pathname, subject: mail.searchParams.get('subject') }
  const page = https ?? targets.find(({ protocol }) => protocol === 'http:')
  return page ? { kind: 'HttpLink', url: page.href } : { kind: 'None' }
}
