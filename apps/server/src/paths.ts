import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * The nearest folder or file of this name beside or above this module: the same code runs from src/ under vitest and from dist/
 * after the build, and the workspace's other folders are found from both.
 * @param relative e.g. `apps/web/dist/index.html`
 */
export function findUp(relative: string, from = import.meta.dirname): string | undefined {
  for (let dir = from; ; dir = dirname(dir)) {
    const found = join(dir, relative)
    if (existsSync(found)) return found
    if (dir === dirname(dir)) return undefined
  }
}
