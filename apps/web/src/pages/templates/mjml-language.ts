import { HighlightStyle, StreamLanguage, type StringStream } from '@codemirror/language'
import { tags } from '@lezer/highlight'

/** Where the reader of a line is. */
interface State {
  /** Inside of `{{ … }}` or `{% … %}`: what closes it. */
  liquid: '}}' | '%}' | null
  /** Inside of a tag, behind its name. */
  tag: boolean
  /** Inside of an attribute's value: its quote. */
  quote: string | null
  comment: boolean
}

/** Liquid may stand anywhere, in attributes too. */
function liquid(stream: StringStream, state: State): string | null {
  if (state.liquid !== null) {
    if (stream.match(state.liquid)) state.liquid = null
    else stream.next()
    return 'liquid'
  }
  const opened = stream.match(/^\{[{%]-?/, true)
  if (!opened) return null
  state.liquid = stream.current().startsWith('{{') ? '}}' : '%}'
  return 'liquid'
}

function inTag(stream: StringStream, state: State): string | null {
  if (state.quote !== null) {
    if (stream.next() === state.quote) state.quote = null
    return 'value'
  }
  if (stream.eatSpace()) return null
  if (stream.match(/^\/?>/)) {
    state.tag = false
    return 'bracket'
  }
  if (stream.match(/^[\w:-]+/)) return 'attribute'
  const char = stream.next()
  if (char === '"' || char === "'") {
    state.quote = char
    return 'value'
  }
  return null
}

function token(stream: StringStream, state: State): string | null {
  if (state.comment) {
    if (stream.match('-->')) state.comment = false
    else stream.next()
    return 'note'
  }
  const found = liquid(stream, state)
  if (found !== null) return found
  if (state.tag) return inTag(stream, state)
  if (stream.match('<!--')) {
    state.comment = true
    return 'note'
  }
  if (stream.match(/^<\/?[a-zA-Z][\w-]*/)) {
    state.tag = true
    return 'tag'
  }
  if (stream.match(/^&#?\w+;/)) return 'value'
  stream.next()
  return null
}

/** MJML with Liquid in it, for colours only; mistakes are found by the server, which knows better. */
export const mjmlLanguage = StreamLanguage.define<State>({
  name: 'mjml',
  startState: () => ({ liquid: null, tag: false, quote: null, comment: false }),
  token,
  languageData: { commentTokens: { block: { open: '<!--', close: '-->' } } },
  tokenTable: {
    tag: tags.tagName,
    bracket: tags.tagName,
    attribute: tags.attributeName,
    value: tags.string,
    liquid: tags.special(tags.variableName),
    note: tags.comment,
  },
})

/** The tokens of our own look, so that light and dark need no second theme. */
export const mjmlColours = HighlightStyle.define([
  { tag: tags.tagName, color: 'var(--accent)' },
  { tag: tags.attributeName, color: 'var(--text-2)' },
  { tag: tags.string, color: 'var(--trigger)' },
  { tag: tags.special(tags.variableName), color: 'var(--logic)', fontWeight: '600' },
  { tag: tags.comment, color: 'var(--text-3)', fontStyle: 'italic' },
])
