export { type FlowTest, flowTest, type Persona, persona, type TestEnd, type TestEvent, type WayStep } from './schema.ts'
