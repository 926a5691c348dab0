import { send } from '../../connect/src/send.ts'
export const mail = send
