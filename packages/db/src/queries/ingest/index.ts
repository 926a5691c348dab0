export { storeMessages, type TrackingKey } from './store.ts'
export { type IncomingMessage, mailAddress, traitsAsFields } from './tracking.ts'
