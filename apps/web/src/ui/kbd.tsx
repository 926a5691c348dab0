import './button.css'

const mac = /Mac|iPhone|iPad/.test(navigator.userAgent)

/** A key as a small cap: `<Kbd keys="Ctrl K" />`; Ctrl reads ⌘ on a Mac. */
export function Kbd({ keys }: { keys: string }) {
  return <kbd className="kbd">{mac ? keys.replace('Ctrl', '⌘') : keys}</kbd>
}
