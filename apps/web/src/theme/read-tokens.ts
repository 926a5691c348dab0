/** The tokens of one theme by name, without the leading dashes: `{ surface: '#ffffff', … }`. */
export type Tokens = Readonly<Record<string, string>>

/** Declarations of the first rule whose selector is `selector`. */
function block(css: string, selector: string): string {
  const start = css.indexOf(`${selector} {`)
  return start < 0 ? '' : css.slice(start, css.indexOf('\n}', start))
}

/**
 * Reads a token sheet: the light values, and the dark ones laid over them. A value that is `var(--other)` is followed.
 * For tests and for code that must know a colour as a number; the pages use the custom properties themselves.
 */
export function readTokens(css: string): { light: Tokens; dark: Tokens } {
  const pairs = (text: string) => [...text.matchAll(/--([\w-]+):\s*([^;]+);/g)].map((m) => [m[1] ?? '', (m[2] ?? '').trim()] as const)
  const light = Object.fromEntries(pairs(block(css, ':root')))
  const dark = { ...light, ...Object.fromEntries(pairs(block(css, '[data-theme="dark"]'))) }
  const follow = (tokens: Record<string, string>): Tokens =>
    Object.fromEntries(Object.entries(tokens).map(([name, value]) => [name, tokens[/^var\(--([\w-]+)\)$/.exec(value)?.[1] ?? ''] ?? value]))
  return { light: follow(light), dark: follow(dark) }
}
