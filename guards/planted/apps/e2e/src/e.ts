import { s } from '../../server/src/s.ts'
import { w } from '../../web/src/w.ts'
export const e = s + Number(w)
