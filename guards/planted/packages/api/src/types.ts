import type { Send } from '../../connect/src/send.ts'
export type Mail = Send
