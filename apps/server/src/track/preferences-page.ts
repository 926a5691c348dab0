import { documentOf, safe } from './pages.ts'

/** A topic as its reader sees it. */
export interface Choice {
  id: string
  name: string
  description: string
  given: boolean
}

const STYLE = `fieldset{border:0;margin:20px 0 0;padding:0}legend{padding:0;margin:0 0 4px;color:var(--second);font-size:14px;line-height:20px}
.choice{display:flex;gap:12px;padding:12px 0;border-top:1px solid var(--line);cursor:pointer;min-height:44px}
.choice:first-of-type{border-top:0}.choice input{flex:none;width:20px;height:20px;margin:2px 0 0;accent-color:var(--ink)}
.choice input:focus-visible{outline:2px solid #2a5cda;outline-offset:2px}
.choice b{display:block;font-weight:500}.choice span span{display:block;color:var(--second);font-size:14px;line-height:20px}
.said{margin:16px 0 0;padding:10px 12px;border:1px solid var(--line);border-radius:8px;background:var(--bg)}
.ways{display:flex;flex-wrap:wrap;gap:8px;margin-top:20px}`

/** What was just stored, in words; null on the first look. */
export type Said = 'saved' | 'stopped' | 'test' | null

const SAID: Readonly<Record<Exclude<Said, null>, string>> = {
  saved: 'Your choice is stored. What is on its way may still arrive.',
  stopped: 'All of it is stopped. What is on its way may still arrive.',
  test: 'This was a test mail: nothing was stored. In a real mail your choice would count from now on.',
}

/** The page where the reader of a mail chooses what to get. It names nobody, and works without a script. */
export function preferencesPage(from: string, choices: readonly Choice[], said: Said): string {
  const rows = choices.map(({ id, name, description, given }) => {
    const more = description === '' ? '' : `<span>${safe(description)}</span>`
    const box = `<input type="checkbox" name="topic" value="${safe(id)}"${given ? ' checked' : ''}>`
    return `<label class="choice">${box}<span><b>${safe(name)}</b>${more}</span></label>`
  })
  const note = said === null ? '' : `<p class="said" role="status">${SAID[said]}</p>`
  return documentOf(
    'What would you like to get?',
    `<p class="from">${safe(from)}</p><h1>What would you like to get?</h1>${note}
<form method="post"><fieldset><legend>Tick what ${safe(from)} may write to you about</legend>${rows.join('')}</fieldset>
<div class="ways"><button name="action" value="save">Save</button><button name="action" value="stop" class="quiet">Stop all</button></div></form>`,
    STYLE,
  )
}
