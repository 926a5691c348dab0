// Tells Baton which pages of a site are looked at, and what its pages report. Plain JavaScript for browsers, sent as it stands but for
// these lines of comment. It keeps three things in local storage: who the visitor is (a random id), what is not sent yet, and the
// answer to whether it may. Without a yes it honours Do Not Track and Global Privacy Control.
;(() => {
  const me = document.currentScript
  const key = me?.dataset.key
  if (!key || window.baton?.track) return
  const url = `${new URL(me.src).origin}/v1/batch`
  const mustAsk = me.dataset.consent === 'ask'
  const MOST = 200
  const SLICE = 40
  const closed = {}
  // Where storage is closed, what is known lasts as long as the page.
  const get = (name) => {
    try {
      return localStorage.getItem(`baton.${name}`)
    } catch {
      return closed[name] ?? null
    }
  }
  const put = (name, value) => {
    try {
      if (value === null) localStorage.removeItem(`baton.${name}`)
      else localStorage.setItem(`baton.${name}`, value)
    } catch {
      closed[name] = value
    }
  }
  const id = () => {
    const bytes = [...crypto.getRandomValues(new Uint8Array(16))]
    return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')
  }
  const visitor = () => {
    if (!get('visitor')) put('visitor', id())
    return get('visitor')
  }
  const queue = () => {
    try {
      return JSON.parse(get('queue')) ?? []
    } catch {
      return []
    }
  }
  const keep = (messages) => put('queue', messages.length ? JSON.stringify(messages.slice(-MOST)) : null)
  const hushed = navigator.doNotTrack === '1' || navigator.globalPrivacyControl === true
  const may = () => get('consent') === 'yes' || (get('consent') !== 'no' && !hushed && !mustAsk)
  // What happens before somebody is asked stays in the memory of this page, and is sent only after a yes.
  let held = []
  let timer
  let failures = 0
  const later = (ms) => {
    clearTimeout(timer)
    timer = setTimeout(flush, ms)
  }
  const body = (batch) => JSON.stringify({ writeKey: key, sentAt: new Date().toISOString(), batch })
  const forget = (batch) => {
    const sent = new Set(batch.map((message) => message.messageId))
    keep(queue().filter((message) => !sent.has(message.messageId)))
  }
  async function flush() {
    const batch = queue().slice(0, SLICE)
    if (!batch.length || !may()) return
    try {
      const { status } = await fetch(url, { method: 'POST', body: body(batch), credentials: 'omit' })
      // What is refused for good is dropped; everything else is tried again, and counts once by its id.
      if (status === 429 || status >= 500) throw status
      forget(batch)
      failures = 0
      if (queue().length) later(50)
    } catch {
      failures++
      later(Math.min(300_000, 2000 * 2 ** failures))
    }
  }
  function leave() {
    const batch = queue().slice(0, SLICE)
    if (batch.length && may() && navigator.sendBeacon?.(url, body(batch))) forget(batch)
  }
  function add(message) {
    const page = { url: location.href, path: location.pathname, title: document.title, referrer: document.referrer }
    const at = new Date().toISOString()
    const whole = { messageId: id(), originalTimestamp: at, context: { page }, ...message }
    if (!may()) {
      if (mustAsk && get('consent') === null) held = [...held, whole].slice(-MOST)
      return
    }
    const userId = get('user')
    keep([...queue(), { ...whole, anonymousId: visitor(), ...(userId ? { userId } : {}) }])
    later(300)
  }
  const baton = {
    page(name, properties) {
      const { pathname: path, href, search } = location
      add({
        type: 'page',
        name: name || document.title,
        properties: { path, url: href, search, referrer: document.referrer, ...properties },
      })
    },
    track: (event, properties) => add({ type: 'track', event, properties }),
    identify(userId, traits) {
      const named = typeof userId === 'object' ? null : userId
      if (named && may()) put('user', String(named))
      add({ type: 'identify', traits: named ? traits : userId })
    },
    consent(yes) {
      put('consent', yes ? 'yes' : 'no')
      const waiting = held
      held = []
      if (yes) for (const message of waiting) add(message)
      else baton.reset()
    },
    reset() {
      for (const name of ['visitor', 'user', 'queue']) put(name, null)
    },
    push: ([name, ...rest]) => baton[name]?.(...rest),
  }
  const waiting = Array.isArray(window.baton) ? window.baton : []
  window.baton = baton
  let shown = location.pathname + location.search
  const moved = () => {
    const now = location.pathname + location.search
    if (now === shown) return
    shown = now
    // The new page sets its title first.
    setTimeout(baton.page, 0)
  }
  const pushState = history.pushState
  history.pushState = function (...rest) {
    pushState.apply(this, rest)
    moved()
  }
  addEventListener('popstate', moved)
  addEventListener('online', flush)
  addEventListener('pagehide', leave)
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && leave())
  baton.page()
  waiting.forEach(baton.push)
})()
