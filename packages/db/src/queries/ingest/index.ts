export { endsGroup, type Stored, storeMessages, storeRequests, type TrackingKey, type TrackingRequest } from './store.ts'
export { type IncomingMessage, mailAddress, traitsAsFields } from './tracking.ts'
