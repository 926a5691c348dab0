const ENTITY: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
export const safe = (text: string): string => text.replace(/[&<>"']/g, (char) => ENTITY[char] ?? char)

const STYLE = `:root{color-scheme:light dark;--bg:#f4f5f7;--card:#fff;--line:#dfe2e7;--text:#16181d;--second:#5a616d;--ink:#16181d;--on-ink:#fff}
@media (prefers-color-scheme:dark){:root{--bg:#111317;--card:#191c21;--line:#2f343c;--text:#eceef2;--second:#a4abb7;--ink:#eceef2;--on-ink:#16181d}}
*{box-sizing:border-box}body{margin:0;min-height:100vh;display:grid;place-items:center;padding:24px;background:var(--bg);color:var(--text);
font:16px/24px Inter,system-ui,sans-serif}main{width:100%;max-width:440px;padding:32px;background:var(--card);border:1px solid var(--line);border-radius:12px}
p{margin:0 0 8px}h1{margin:0 0 8px;font-size:20px;line-height:26px;font-weight:600;letter-spacing:-.015em}.from{color:var(--second);font-size:13px}
form{margin-top:20px}button{font:inherit;font-weight:500;padding:10px 18px;border:1px solid var(--ink);border-radius:8px;background:var(--ink);color:var(--on-ink);cursor:pointer}
button.quiet{background:transparent;color:var(--text);border-color:var(--line)}button:focus-visible{outline:2px solid #2a5cda;outline-offset:2px}
a{color:inherit}a:focus-visible{outline:2px solid #2a5cda;outline-offset:2px}.more{margin:16px 0 0;font-size:14px}`

/** No script, no picture, nothing from elsewhere; a form may only lead back to us. */
export const PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

interface Page {
  /** Who sends the mails; shown small above the title. */
  from: string
  title: string
  text: readonly string[]
  /** One button that posts to this very address. */
  button?: { words: string; name?: string | undefined; value?: string | undefined; quiet?: boolean | undefined } | undefined
  link?: { url: string; words: string } | undefined
}

/** A page around its inside, which is written already. */
export const documentOf = (title: string, inside: string, style = ''): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><title>${safe(title)}</title><style>${STYLE}${style}</style></head><body><main>
${inside}</main></body></html>`

/** A small page of its own for people who come from a mail. It names nobody. */
export function page({ from, title, text, button, link }: Page): string {
  const named = button?.name === undefined ? '' : ` name="${safe(button.name)}" value="${safe(button.value ?? '')}"`
  const form = button
    ? `<form method="post"><button${named}${button.quiet ? ' class="quiet"' : ''}>${safe(button.words)}</button></form>`
    : ''
  const more = link ? `<p class="more"><a href="${safe(link.url)}">${safe(link.words)}</a></p>` : ''
  const lines = text.map((line) => `<p>${safe(line)}</p>`).join('')
  return documentOf(title, `<p class="from">${safe(from)}</p><h1>${safe(title)}</h1>${lines}${form}${more}`)
}

export const unknownLink = (from: string): string =>
  page({
    from,
    title: 'This link leads nowhere',
    text: ['It was changed on its way, or is not complete. Open the mail again and press the link there.'],
  })

export const hiddenLink = (from: string): string => page({ from, title: 'There is nothing here', text: ['This link is not for people.'] })

/** What somebody leaves, in their words: a topic of its own by its name, else all of it. */
export interface Leaving {
  from: string
  /** null: news and offers, the general topic. */
  topic: string | null
  /** The page with all topics. */
  preferences: string
}

const others = ({ preferences }: Leaving) => ({ url: preferences, words: 'Choose what you get' })
const what = ({ topic }: Leaving) => (topic === null ? 'news and offers' : `mail about “${topic}”`)

export const leavePage = (it: Leaving): string =>
  page({
    from: it.from,
    title: 'Stop these mails?',
    text: [`You will get no more ${what(it)} from ${it.from}.`],
    button: { words: 'Unsubscribe' },
    link: others(it),
  })

export const leftPage = (it: Leaving): string =>
  page({
    from: it.from,
    title: 'You are unsubscribed',
    text: [`${it.from} will send you no more ${what(it)}. What is on its way may still arrive.`],
    button: { words: 'That was a mistake, subscribe me again', name: 'action', value: 'subscribe', quiet: true },
    link: others(it),
  })

export const backPage = (it: Leaving): string =>
  page({
    from: it.from,
    title: 'You are subscribed again',
    text: [`You will get ${what(it)} from ${it.from}.`],
    button: { words: 'Unsubscribe', quiet: true },
    link: others(it),
  })

export const testPage = (from: string): string =>
  page({
    from,
    title: 'This was a test mail',
    text: ['Nobody was unsubscribed. In a real mail this link stops news and offers with one press.'],
  })
