export { brokenServer, type Received, reply, smtpSink } from './smtp-sink.ts'
export { type Answer, type ReceivedCall, type WebSink, webSink } from './web-sink.ts'
