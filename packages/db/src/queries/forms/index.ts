export { type FormAnswer, takeFormAnswer } from './answer.ts'
export { ASK_DAYS, type AskOutcome, type AskToSend, askOf, askToSend, confirmAsk, type PendingAsk, pendingAsks } from './confirm.ts'
export {
  addForm,
  archiveForm,
  changeForm,
  countFormAnswers,
  type FormContent,
  type FormRow,
  formById,
  listForms,
  offeredTopics,
  type RecentAnswer,
  recentFormAnswers,
  restoreForm,
} from './forms.ts'
