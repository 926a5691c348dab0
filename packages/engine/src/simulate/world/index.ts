export { type AskedCall, type CallAnswer, type CallAnswers, callAnswers } from './call-answers.ts'
export {
  type Coming,
  type Delivery,
  dealOf,
  type LeadAnswer,
  leadAnswered,
  leadSaid,
  SALES_WORDS,
  type SalesWord,
  saidOf,
  wordEvent,
  wordOf,
} from './coming.ts'
export { type CallShares, drawnAnswers, type LeadShares, type Likelihoods, type MailShares, thrown } from './drawn.ts'
export { itemsOf, type RunEvent, readEvents } from './events-file.ts'
export { type MailDeed, mailDone, mailSent, type NamedMail } from './items.ts'
export { createSales, type RoutedLead, type SalesFloor, type SalesRep, type SalesTeam } from './sales.ts'
export { type Answers, createWorld, NOT_CALLED, type World, type WorldOptions } from './world.ts'
