export { type Courier, type CourierOptions, createCourier } from './courier.ts'
export { mailGathered } from './gather.ts'
export { createStandIn } from './stand-in.ts'
