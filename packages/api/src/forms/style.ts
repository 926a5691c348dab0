/** What both have: our own page, and a form within the page of somebody else. */
const SHAPE = `.form,.form *{box-sizing:border-box}.form{font:16px/24px Inter,system-ui,sans-serif;color:var(--text)}
.form p{margin:0 0 8px;white-space:pre-line;overflow-wrap:anywhere}.form h1{margin:0 0 8px;font-size:22px;line-height:28px;font-weight:600;letter-spacing:-.015em;text-wrap:balance}
.form .from,.form .hint{color:var(--second);font-size:13px;line-height:18px}.form .row{margin-top:16px}
.form label{display:block;margin-bottom:4px;font-weight:500;font-size:14px;line-height:20px}.form .need{color:var(--second);font-weight:400}
.form input,.form select{width:100%;min-height:44px;padding:9px 12px;border:1px solid var(--edge);border-radius:8px;background:var(--field);color:inherit;font:inherit}
.form input::placeholder{color:var(--second);opacity:1}.form input[aria-invalid],.form select[aria-invalid]{border-color:var(--bad);box-shadow:inset 0 0 0 1px var(--bad)}
.form .box{display:flex;gap:10px;align-items:flex-start}.form .box label{margin:0;font-weight:400;padding:2px 0}
.form .box input{flex:none;width:20px;min-height:20px;height:20px;margin:2px 0 0;accent-color:var(--ink)}
.form .wrong{margin:4px 0 0;color:var(--wrong);font-size:14px;line-height:20px;font-weight:500}
.form .summary{margin:16px 0 0;padding:10px 12px;border-left:3px solid var(--bad);color:var(--wrong);font-weight:500}
.form button{margin-top:24px;min-height:44px;padding:10px 20px;border:1px solid var(--ink);border-radius:8px;background:var(--fill);color:var(--on-fill);font:inherit;font-weight:500;cursor:pointer}
.form button[disabled]{opacity:.6;cursor:default}.form :focus-visible{outline:2px solid var(--focus);outline-offset:2px}
.form .away{position:absolute;left:-9999px;width:1px;height:1px;overflow:hidden}`

/** Our own page, light or dark as its reader has it. */
export const PAGE_STYLE = `:root{color-scheme:light dark;--bg:#f4f5f7;--card:#fff;--line:#dfe2e7;--text:#16181d;--second:#5a616d;--edge:#8a919d;--field:#fff;
--ink:#16181d;--fill:#16181d;--on-fill:#fff;--bad:#c51e21;--wrong:#c51e21;--focus:#2a5cda}
@media (prefers-color-scheme:dark){:root{--bg:#111317;--card:#191c21;--line:#2f343c;--text:#eceef2;--second:#a4abb7;--edge:#6d7480;--field:#111317;
--ink:#eceef2;--fill:#eceef2;--on-fill:#16181d;--bad:#f97770;--wrong:#f97770;--focus:#7ba3f6}}
*{box-sizing:border-box}body{margin:0;min-height:100vh;display:grid;place-items:center;padding:24px 16px;background:var(--bg)}
main{width:100%;max-width:480px;padding:32px;background:var(--card);border:1px solid var(--line);border-radius:12px}
@media (max-width:520px){body{padding:0;place-items:start stretch;background:var(--card)}main{max-width:none;padding:24px 16px;border:0;border-radius:0}}
${SHAPE}`

/**
 * Within a page of somebody else: their font and colour, lines of that colour, nothing filled, so that it is readable on any ground.
 * The site may set --baton-accent and --baton-accent-text for the button.
 */
export const EMBED_STYLE = `:host{display:block}.form{--text:inherit;--second:color-mix(in srgb,currentColor 78%,transparent);--edge:color-mix(in srgb,currentColor 60%,transparent);
--field:transparent;--ink:var(--baton-accent,currentColor);--fill:var(--baton-accent,transparent);--on-fill:var(--baton-accent-text,inherit);--bad:#d43a3a;--wrong:inherit;--focus:currentColor;max-width:480px}
.form option{color:#16181d;background:#fff}
${SHAPE}
.form{font:inherit}`
