import { join } from 'node:path'
import { weigh } from '../../../../scripts/weigh.mjs'
import { type Figure, figure } from '../figures.ts'
import { root } from '../root.ts'

/** What a browser loads for each entry of the built pages, in kB gzipped, against the budget that `npm test` enforces. */
export async function bundle(): Promise<Figure[]> {
  return weigh(join(root, 'apps/web/dist')).map(({ name, value, goal }) => figure({ name, value, unit: 'kB', goal, better: 'smaller' }))
}
