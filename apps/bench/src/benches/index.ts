import type { Bench } from '../findings.ts'
import { bundle } from './bundle.ts'
import { importing } from './import.ts'
import { start } from './start.ts'
import { steps } from './steps.ts'

/** One file per benchmark. */
export const benches: Readonly<Record<string, Bench>> = { bundle, import: importing, start, steps }
