export { type Courier, type CourierOptions, createCourier } from './courier.ts'
export { createStandIn, type StandIn } from './stand-in.ts'
