import { calendarsRouter } from './routers/calendars.ts'
import { contactsRouter } from './routers/contacts.ts'
import { deskRouter } from './routers/desk.ts'
import { fieldsRouter } from './routers/fields.ts'
import { flowsRouter } from './routers/flows.ts'
import { formsRouter } from './routers/forms.ts'
import { homeRouter } from './routers/home.ts'
import { importsRouter } from './routers/imports.ts'
import { keysRouter } from './routers/keys.ts'
import { listsRouter } from './routers/lists.ts'
import { liveRouter } from './routers/live.ts'
import { outboxRouter } from './routers/outbox.ts'
import { sampleRouter } from './routers/sample.ts'
import { segmentsRouter } from './routers/segments.ts'
import { sessionRouter } from './routers/session.ts'
import { sendingRouter } from './routers/sending.ts'
import { systemRouter } from './routers/system.ts'
import { suppressionRouter } from './routers/suppression.ts'
import { templatesRouter } from './routers/templates.ts'
import { usersRouter } from './routers/users.ts'
import { topicsRouter } from './routers/topics.ts'
import { usesRouter } from './routers/uses.ts'
import { workspaceRouter } from './routers/workspace.ts'
import { router } from './trpc.ts'

/** Every area of the API, one line each. */
export const appRouter = router({
  calendars: calendarsRouter,
  contacts: contactsRouter,
  fields: fieldsRouter,
  desk: deskRouter,
  flows: flowsRouter,
  forms: formsRouter,
  home: homeRouter,
  imports: importsRouter,
  keys: keysRouter,
  lists: listsRouter,
  live: liveRouter,
  outbox: outboxRouter,
  sample: sampleRouter,
  segments: segmentsRouter,
  session: sessionRouter,
  system: systemRouter,
  sending: sendingRouter,
  templates: templatesRouter,
  suppression: suppressionRouter,
  users: usersRouter,
  uses: usesRouter,
  workspace: workspaceRouter,
  topics: topicsRouter,
})

export type AppRouter = typeof appRouter
