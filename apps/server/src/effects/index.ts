export { type Courier, type CourierOptions, createCourier } from './courier.ts'
