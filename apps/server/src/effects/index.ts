export { type Courier, type CourierOptions, createCourier } from './courier.ts'
export { createStandIn } from './stand-in.ts'
