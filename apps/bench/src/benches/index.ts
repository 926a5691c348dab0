import type { Figure } from '../figures.ts'
import { bundle } from './bundle.ts'
import { importing } from './import.ts'
import { start } from './start.ts'
import { steps } from './steps.ts'

/** One file per benchmark. A benchmark measures its baseline in the same run, says on standard error what it does, and returns its figures. */
export type Bench = () => Promise<Figure[]>

export const benches: Readonly<Record<string, Bench>> = { bundle, import: importing, start, steps }
