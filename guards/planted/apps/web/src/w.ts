import { r } from '../../../packages/api/src/r.ts'
import type { R } from '../../../packages/api/src/r.ts'
import { s } from '../../server/src/s.ts'
import type { D } from '../../../packages/db/src/types.ts'
export const w: R | D = r + s
