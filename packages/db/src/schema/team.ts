import { boolean, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'

/** When a team's weekly report is mailed, and to whom. */
export interface TeamDigest {
  /** 1 for Monday … 7 for Sunday. */
  weekday: number
  /** HH:MM in the workspace's zone. */
  time: string
  /** E-mail addresses. */
  recipients: string[]
  /** When this was set: what was due before is not made up. */
  since: number
  /** The week that was last mailed, by its first date, and who has it. Before a mail leaves its address is written here: a crash repeats none. */
  done: { week: string; to: string[] } | null
}

export const team = pgTable('team', {
  id: text().primaryKey(),
  name: text().notNull(),
  createdAt: instant().notNull(),
  /** Its working hours; null: Monday to Friday from 9 to 17 in the workspace's zone. */
  calendarId: text(),
  /** Who is told of breaches and decides what nobody took; null: every sales manager. */
  managerId: text(),
  /** The weekly report by mail; null: none. */
  digest: jsonb().$type<TeamDigest>(),
  /** An opportunity without activity for so many days is clawed back; null: never. */
  quietDays: integer(),
  /** Whose activity that is: that of sales and of the person, or of sales alone. */
  quietBy: text({ enum: ['anybody', 'sales'] })
    .notNull()
    .default('anybody'),
})

export const teamMember = pgTable(
  'team_member',
  {
    teamId: text()
      .notNull()
      .references(() => team.id, { onDelete: 'cascade' }),
    userId: text().notNull(),
    weight: integer().notNull().default(1),
    /** How many open leads at once; null: no limit. */
    cap: integer(),
    active: boolean().notNull().default(true),
    /** Own hours, zone and holidays; null: the team's. */
    calendarId: text(),
  },
  (t) => [primaryKey({ columns: [t.teamId, t.userId] }), index('team_member_user').on(t.userId)],
)

/** A rep is away in [from, to): gets no new leads, in any team. */
export const absence = pgTable(
  'absence',
  {
    id: text().primaryKey(),
    userId: text().notNull(),
    fromAt: instant().notNull(),
    toAt: instant().notNull(),
    note: text().notNull().default(''),
    createdBy: text(),
    createdAt: instant().notNull(),
  },
  (t) => [index('absence_user').on(t.userId, t.toAt)],
)

/** Leads that go to some of a team's members. Territories are tried by position; the first that fits wins. */
export const territory = pgTable(
  'territory',
  {
    id: text().primaryKey(),
    teamId: text()
      .notNull()
      .references(() => team.id, { onDelete: 'cascade' }),
    position: integer().notNull(),
    name: text().notNull(),
    /** A condition of the engine's. */
    condition: jsonb().$type<Record<string, unknown>>().notNull(),
    repIds: jsonb().$type<string[]>().notNull().default([]),
    createdBy: text(),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
  },
  (t) => [index('territory_team').on(t.teamId, t.position)],
)

export const repNotify = ['at-once', 'hourly', 'daily'] as const

/** How a rep wants to be told, and sends. */
export const repSetting = pgTable('rep_setting', {
  userId: text().primaryKey(),
  notify: text({ enum: repNotify }).notNull().default('at-once'),
  fromName: text(),
  replyTo: text(),
  signature: text().notNull().default(''),
  /** Own mails to leads in 24 hours, at most. */
  mailsADay: integer().notNull().default(50),
  /** When notes were mailed together last, or these settings began: a daily mail comes once after it. */
  toldUntil: instant(),
})
