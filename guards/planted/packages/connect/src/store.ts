import { d } from '../../db/src/d.ts'
export const store = d
