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
export { withRouting } from './routing.ts'
export { createSales, type RoutedLead, type SalesFloor } from './sales.ts'
export { type Carried, type SalesRep, type SalesTeam, type SalesTerritory, type TeamFacts, teamFacts, teamOf } from './team.ts'
export { type Answers, createWorld, type GivenLead, NOT_CALLED, type World, type WorldOptions } from './world.ts'
