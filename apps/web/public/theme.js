// Runs before the first paint, so that a dark page never flashes white. src/theme/scheme.ts keeps it up to date afterwards.
;(() => {
  let chosen = null
  try {
    chosen = localStorage.getItem('baton.theme')
  } catch {
    // Storage may be switched off; the system's setting is then the answer.
  }
  const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  const name = dark ? 'dark' : 'light'
  document.documentElement.dataset.theme = name
  document.documentElement.dataset.mantineColorScheme = name
})()
