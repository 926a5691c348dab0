export { createDelivery, type Delivery, type DeliveryOptions } from './delivery.ts'
export { createTemplates, type Templates } from './templates.ts'
