export { brokenServer, type Received, reply, smtpSink } from './smtp-sink.ts'
