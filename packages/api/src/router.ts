import { absencesRouter } from './routers/absences.ts'
import { agreementsRouter } from './routers/agreements.ts'
import { boardRouter } from './routers/board.ts'
import { calendarsRouter } from './routers/calendars.ts'
import { companiesRouter } from './routers/companies.ts'
import { contactsRouter } from './routers/contacts.ts'
import { deskRouter } from './routers/desk.ts'
import { editingRouter } from './routers/editing.ts'
import { effectsRouter } from './routers/effects.ts'
import { fieldsRouter } from './routers/fields.ts'
import { flowsRouter } from './routers/flows.ts'
import { forecastRouter } from './routers/forecast.ts'
import { formsRouter } from './routers/forms.ts'
import { homeRouter } from './routers/home.ts'
import { importsRouter } from './routers/imports.ts'
import { keysRouter } from './routers/keys.ts'
import { listsRouter } from './routers/lists.ts'
import { liveRouter } from './routers/live.ts'
import { mergeRouter } from './routers/merge.ts'
import { migrationRouter } from './routers/migration.ts'
import { notificationsRouter } from './routers/notifications.ts'
import { opportunitiesRouter } from './routers/opportunities.ts'
import { outboxRouter } from './routers/outbox.ts'
import { personRouter } from './routers/person.ts'
import { programmesRouter } from './routers/programmes.ts'
import { retentionRouter } from './routers/retention.ts'
import { reviewsRouter } from './routers/reviews.ts'
import { sampleRouter } from './routers/sample.ts'
import { scoresRouter } from './routers/scores.ts'
import { secretsRouter } from './routers/secrets.ts'
import { segmentsRouter } from './routers/segments.ts'
import { sendingRouter } from './routers/sending.ts'
import { sessionRouter } from './routers/session.ts'
import { simulationsRouter } from './routers/simulations.ts'
import { suppressionRouter } from './routers/suppression.ts'
import { systemRouter } from './routers/system.ts'
import { teamsRouter } from './routers/teams.ts'
import { templatesRouter } from './routers/templates.ts'
import { topicsRouter } from './routers/topics.ts'
import { troubleRouter } from './routers/trouble.ts'
import { usersRouter } from './routers/users.ts'
import { usesRouter } from './routers/uses.ts'
import { walkRouter } from './routers/walk.ts'
import { workspaceRouter } from './routers/workspace.ts'
import { router } from './trpc.ts'

/** Every area of the API, one line each. */
export const appRouter = router({
  agreements: agreementsRouter,
  absences: absencesRouter,
  board: boardRouter,
  calendars: calendarsRouter,
  companies: companiesRouter,
  contacts: contactsRouter,
  editing: editingRouter,
  effects: effectsRouter,
  fields: fieldsRouter,
  desk: deskRouter,
  flows: flowsRouter,
  forecast: forecastRouter,
  forms: formsRouter,
  home: homeRouter,
  imports: importsRouter,
  keys: keysRouter,
  lists: listsRouter,
  live: liveRouter,
  merge: mergeRouter,
  migration: migrationRouter,
  notifications: notificationsRouter,
  opportunities: opportunitiesRouter,
  outbox: outboxRouter,
  person: personRouter,
  programmes: programmesRouter,
  retention: retentionRouter,
  reviews: reviewsRouter,
  sample: sampleRouter,
  scores: scoresRouter,
  secrets: secretsRouter,
  segments: segmentsRouter,
  sending: sendingRouter,
  session: sessionRouter,
  simulations: simulationsRouter,
  suppression: suppressionRouter,
  system: systemRouter,
  teams: teamsRouter,
  templates: templatesRouter,
  topics: topicsRouter,
  trouble: troubleRouter,
  users: usersRouter,
  uses: usesRouter,
  walk: walkRouter,
  workspace: workspaceRouter,
})

export type AppRouter = typeof appRouter
