export type { AuditAction } from '@baton/db'
export { accessTable } from './access.ts'

export type { Accounts, SignInLink } from './accounts.ts'
export { figure } from './agreements/figures.ts'
export { periodOf } from './agreements/periods.ts'
export { remindOfReviews } from './agreements/remind.ts'
export { type Auth, type AuthSettings, createAuth, PASSWORD_MIN } from './auth.ts'
export { type WeeklyReport, weeklyReport } from './board/report.ts'
export { type Bulk, bulkTarget } from './bulk.ts'
export { bundleCatalog, SYSTEM_FIELDS } from './bundle/catalog.ts'
export { exportBundle } from './bundle/export.ts'
export { type Reached, reachOf } from './bundle/reach.ts'
export { BUNDLE_FORMAT, type Bundle, bundleJsonSchema, EMPTY_BUNDLE, readBundle } from './bundle/schema.ts'
export { type Imported, importBundle } from './bundle/store.ts'
export { membersOf, personOf, span, teamFactsIn } from './bundle/teams.ts'
export { publicHolidays } from './calendars/holidays.ts'
export { filterOf } from './contacts/filter.ts'
export type { Clock, Context, CurrentUser } from './context.ts'
export { type ErrorShape, fail, type Problem } from './errors.ts'
export { catalogOf, currentCatalog } from './flows/catalog.ts'
export { carryOutLaunches, type RefusedLaunch } from './flows/launch.ts'
export { publish } from './flows/publish.ts'
export { ask as askForReviewOf, comment as commentOn } from './flows/review.ts'
export { knownOfPast, playForecast, playPast } from './forecast/run.ts'
export { EMPTY, type Filled, formHtml, pageHtml, safe, sayHtml } from './forms/html.ts'
export { type RawAnswer, readAnswer, TRAP } from './forms/read.ts'
export { EMBED_STYLE } from './forms/style.ts'
export { type FormView, viewOf } from './forms/view.ts'
export {
  ImportError,
  type ImportMapping,
  type ImportPreview,
  type ImportSettings,
  type Imports,
  importSettings,
  type PreviewColumn,
  type ReadAs,
  readAs,
} from './imports.ts'
export { createAccounts } from './links.ts'
export type { Letter, LetterResult, Mail, NewTest, Preview, SeenAs, Shown, TestResult, TextCheck } from './mail.ts'
export { programmes } from './programmes/index.ts'
export { runRetention } from './retention/run.ts'
export { listRoles, ROLES, type Role, role, roleNames } from './roles.ts'
export { type AppRouter, appRouter } from './router.ts'
export { hashKey } from './routers/keys.ts'
export { storedDimension } from './scores/model.ts'
export { publishScores } from './scores/publish.ts'
export type { MachineNow, MachinePoint, MachineWatch, SampleProgramme, SampleStatus, Services, SystemFacts } from './services.ts'
export { makeUsual } from './simulations/make.ts'
export { usualForecast } from './simulations/usual.ts'
export { createCallerFactory } from './trpc.ts'
