import 'node:fs'
import './nowhere.ts'
export const f = 1
