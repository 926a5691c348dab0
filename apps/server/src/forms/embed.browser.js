// Shows a form of Baton in a page of a site. Plain JavaScript for browsers, sent as it stands but for these lines of comment.
// The form lives in a shadow tree: neither does the page's style reach in, nor ours out.
;((form) => {
  const me = document.currentScript
  function placeOf() {
    const named = document.querySelector(`[data-baton-form="${form.id}"]`)
    if (named) return named
    const made = document.createElement('div')
    made.dataset.batonForm = form.id
    if (me?.parentNode && !document.head.contains(me)) me.parentNode.insertBefore(made, me.nextSibling)
    else document.body.append(made)
    return made
  }
  // Where a script may not draw here, the form's own page is one press away.
  function linkInstead(place) {
    const link = document.createElement('a')
    link.href = form.url
    link.textContent = form.title
    place.append(link)
  }
  function visitor() {
    try {
      return localStorage.getItem('baton.visitor') || undefined
    } catch {
      return undefined
    }
  }
  function answerOf(element) {
    const answer = { page: location.href, visitor: visitor() }
    for (const input of element.elements) {
      if (!input.name) continue
      if (input.type !== 'checkbox') answer[input.name] = input.value
      else if (input.checked) answer[input.name] = input.value
    }
    return answer
  }
  function show(place) {
    const root = place.attachShadow({ mode: 'open' })
    const inner = document.createElement('div')
    const style = new CSSStyleSheet()
    style.replaceSync(form.style)
    root.adoptedStyleSheets = [style]
    root.append(inner)
    const fill = (html) => {
      inner.innerHTML = html
      const mark = inner.querySelector('input[name=mark]')
      if (mark && !mark.value) mark.value = Math.random().toString(36).slice(2) + Date.now().toString(36)
    }
    const failed = (element) => {
      let say = inner.querySelector('.unsent')
      if (!say) {
        say = document.createElement('p')
        say.className = 'summary unsent'
        say.setAttribute('role', 'alert')
        element.append(say)
      }
      say.textContent = 'It could not be sent. Try again, or open the form itself: '
      linkInstead(say)
    }
    const send = async (element) => {
      const button = element.querySelector('button')
      button.disabled = true
      try {
        const reply = await fetch(form.url, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          credentials: 'omit',
          body: JSON.stringify(answerOf(element)),
        })
        const said = await reply.json()
        if (said.go) return location.assign(said.go)
        fill(said.html)
        const next = inner.querySelector('[aria-invalid]') || inner.querySelector('[role=status]')
        next?.setAttribute('tabindex', next.tabIndex)
        next?.focus()
      } catch {
        failed(element)
        button.disabled = false
      }
    }
    root.addEventListener('submit', (event) => {
      event.preventDefault()
      void send(event.target)
    })
    fill(form.html)
  }
  function start() {
    const place = placeOf()
    if (place.shadowRoot) return
    try {
      show(place)
    } catch {
      linkInstead(place)
    }
  }
  if (document.body && (me || document.readyState !== 'loading')) start()
  else document.addEventListener('DOMContentLoaded', start)
})(FORM)
