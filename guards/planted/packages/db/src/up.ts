import { r } from '../../api/src/r.ts'
export const up = r
