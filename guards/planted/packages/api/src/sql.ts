import 'pg'
import { server } from '../../db/testing/index.ts'
export const s = server
