import { eq, sql as raw } from 'drizzle-orm'
import type { Sql } from '../open/handle.ts'
import {
  type MailPace,
  type RetentionSettings,
  type ReviewSettings,
  type SendingSettings,
  type WorkspaceSettings,
  workspace,
} from '../schema/workspace.ts'

/** The settings of the workspace, secrets included: never hand the whole of it to a page. */
export async function workspaceSettings(sql: Sql): Promise<WorkspaceSettings> {
  const [row] = await sql.db.select({ settings: workspace.settings }).from(workspace).where(eq(workspace.id, 1))
  if (!row) throw new Error('The workspace row is missing: migrate() makes it.')
  return row.settings
}

/** Changes some settings and keeps the others; whoever has compiled plans takes it up with the next look at the plan's number. */
export async function updateWorkspace(tx: Sql, change: Partial<WorkspaceSettings>): Promise<void> {
  await tx.db
    .update(workspace)
    .set({ settings: raw`${workspace.settings} || ${JSON.stringify(change)}::jsonb`, planRev: raw`${workspace.planRev} + 1` })
    .where(eq(workspace.id, 1))
}

/** What holds where an admin has set nothing: no caps, no quiet hours, a breaker for what is plainly wrong. */
export const DEFAULT_SENDING: SendingSettings = {
  caps: [],
  quiet: null,
  breaker: { mailsPerHour: null, bounces: 5, complaints: 0.3, unsubscribes: 5, minimum: 100 },
  unknown: 'keep',
}

/** The workspace's rules for mail. */
export const sendingOf = ({ sending }: WorkspaceSettings): SendingSettings => ({ ...DEFAULT_SENDING, ...sending })

/** What holds where an admin has set nothing: few enough for any relay, and one domain never takes all of them. */
export const DEFAULT_PACE: MailPace = { connections: 5, each: { connections: 3, perMinute: null }, domains: [] }

/** How fast mail leaves. */
export const paceOf = ({ sending }: WorkspaceSettings): MailPace => sending?.pace ?? DEFAULT_PACE

/** How long the workspace keeps what happened: for ever, where nobody has said otherwise. */
export const retentionOf = ({ retention }: WorkspaceSettings): RetentionSettings =>
  retention ?? { eventDays: null, typeDays: {}, journalDays: null }

/** What a draft needs before it goes live. */
export const reviewOf = ({ review }: WorkspaceSettings): ReviewSettings => review ?? { approvals: null, salesApproves: true }
