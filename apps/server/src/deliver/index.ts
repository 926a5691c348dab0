export { createDelivery, type Delivery, type DeliveryOptions } from './delivery.ts'
export { createMailService } from './mail-service.ts'
export { createTemplates } from './templates.ts'
