import type { Bench } from '../findings.ts'
import { bloat } from './bloat.ts'
import { bundle } from './bundle.ts'
import { canvas } from './canvas.ts'
import { embedded } from './embedded.ts'
import { entering } from './entering.ts'
import { growth } from './growth.ts'
import { importing } from './import.ts'
import { ingest } from './ingest.ts'
import { peers } from './peers.ts'
import { segments } from './segments.ts'
import { simulate } from './simulate.ts'
import { start } from './start.ts'
import { steps } from './steps.ts'
import { wake } from './wake.ts'

/** One file per benchmark. */
export const benches: Readonly<Record<string, Bench>> = {
  bloat,
  bundle,
  canvas,
  embedded,
  entering,
  growth,
  import: importing,
  ingest,
  peers,
  segments,
  simulate,
  start,
  steps,
  wake,
}
