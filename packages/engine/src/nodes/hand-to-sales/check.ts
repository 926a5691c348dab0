import type { Catalog } from '../../catalog.ts'
import type { Issue } from '../../check/issue.ts'
import { addressProblem } from '../../values/address.ts'
import { fault, faultAround } from '../base.ts'
import type { HandToSalesConfig } from './schema.ts'

type Own = Omit<Issue, 'nodes'>

/** Choices still to be made, and terms that do not fit together. */
export function checkHandToSales(
  config: HandToSalesConfig,
  catalog: Catalog,
  read: (agreementId: string) => { ok: unknown } | { issues: readonly { say: string }[] },
): readonly Own[] {
  const { teamId, why, level, voicemail, queueMinutes } = config
  const team = catalog.teams.find((it) => it.id === teamId)
  return [
    ...(teamId === null ? [fault('hand-off.team', 'teamId', 'Choose the sales team that gets these leads.')] : []),
    ...(why.trim() === '' ? [fault('hand-off.why', 'why', 'Tell the rep why: one line on what makes this lead ready.')] : []),
    ...(team?.members === 0
      ? [faultAround('hand-off.members', 'teamId', `Nobody is in ${team.name}. Add members, or choose another team.`)]
      : []),
    ...hours(team, catalog),
    ...agreement(config, catalog, read),
    ...(level && !(level.minutes !== null && level.minutes > 0)
      ? [fault('hand-off.level', 'level.minutes', 'Say within how much working time a rep is to answer.')]
      : []),
    ...(level?.minutes && level.remindBefore !== null && level.remindBefore >= level.minutes
      ? [fault('hand-off.remind', 'level.remindBefore', 'Remind later: the reminder would come before the time has begun.')]
      : []),
    ...(queueMinutes === 0
      ? [fault('hand-off.queue', 'queueMinutes', 'Say how long a lead may wait for somebody, or let it wait for ever.')]
      : []),
    ...loop(voicemail),
    ...ways(config),
    ...webhook(config),
  ]
}

/** A team whose people never work: leads would wait for them, and no time would ever be over. */
function hours(team: Catalog['teams'][number] | undefined, { calendars }: Catalog): Own[] {
  const worksBy = team?.calendarIds ?? []
  const isEmpty = (id: string | null) => {
    const calendar = calendars.find((it) => it.id === id)
    return calendar !== undefined && Object.values(calendar.hours).every((it) => it === undefined || it.length === 0)
  }
  if (!team || worksBy.length === 0 || !worksBy.every(isEmpty)) return []
  const say = `Nobody in ${team.name} ever works: their calendar has no hours. Give it hours, or choose another team.`
  return [faultAround('hand-off.hours', 'teamId', say)]
}

function agreement(
  { agreementId }: HandToSalesConfig,
  catalog: Catalog,
  read: (agreementId: string) => { ok: unknown } | { issues: readonly { say: string }[] },
): Own[] {
  const entry = catalog.agreements.find((it) => it.id === agreementId)
  if (!entry) return []
  const found = read(entry.id)
  if ('issues' in found) return found.issues.slice(0, 1).map(({ say }) => faultAround('hand-off.agreement', 'agreementId', say))
  if (entry.signed) return []
  const say = `“${entry.name}” is not signed by both sides. Let a marketer and a sales manager sign it, or choose another agreement.`
  return [faultAround('hand-off.unsigned', 'agreementId', say)]
}

function loop(voicemail: HandToSalesConfig['voicemail']): Own[] {
  if (voicemail === null || (voicemail.attempts !== null && voicemail.attempts > 1)) return []
  const say = 'Say after how many voicemails nobody has answered: at least 2. Or take the loop out.'
  return [fault('hand-off.voicemail', 'voicemail.attempts', say)]
}

/** Each further way has a name and reasons of its own. */
function ways({ rejectWays }: HandToSalesConfig): Own[] {
  const seen = new Set<string>()
  const ids = new Set<string>()
  return rejectWays.flatMap(({ id, label, reasons }, i): Own[] => {
    const twice = reasons.filter((it) => seen.has(it))
    for (const it of reasons) seen.add(it)
    const known = ids.has(id)
    ids.add(id)
    return [
      ...(known ? [fault('hand-off.way-id', `rejectWays.${i}.label`, 'Two ways have the same id. Take one out and add it anew.')] : []),
      ...(label.trim() === '' ? [fault('hand-off.way', `rejectWays.${i}.label`, 'Give this way a name.')] : []),
      ...(reasons.length === 0 ? [fault('hand-off.reasons', `rejectWays.${i}.reasons`, 'Choose the reasons that lead this way.')] : []),
      ...twice.map((it) => fault('hand-off.reasons', `rejectWays.${i}.reasons`, `“${it}” leads two ways. Leave it with one of them.`)),
    ]
  })
}

function webhook({ present: { webhook: call } }: HandToSalesConfig): Own[] {
  const problem = call ? addressProblem(call.url) : undefined
  return problem === undefined ? [] : [fault('hand-off.webhook', 'present.webhook.url', problem)]
}
