import { HOUR, hash01, MINUTE, pickShare } from '@baton/leads'
import type { CompiledCondition, Reads } from '../../condition/compiled.ts'
import type { FlowGraph } from '../../graph/schema.ts'
import type { CompiledFlow, Plan } from '../../plan.ts'
import type { Instant } from '../../state/person.ts'
import type { MailDeed, SalesWord } from '../world/index.ts'
import { exampleProps } from './example.ts'
import type { Happening, Walk, WalkDecision, WalkGround, WalkMail } from './walk.ts'

/** Something that may happen to them where they rest. */
export type WalkChoice =
  | { kind: 'mail'; deed: MailDeed; mail: WalkMail; what: Happening }
  | { kind: 'call'; answered: boolean; node: string; what: Happening }
  /** `reasons`: for which the step has ways of their own. */
  | { kind: 'lead'; answer: SalesWord['answer'] | 'overflow'; what: Happening; reasons: readonly string[] }
  /** A step, a goal or the rule for leaving listens to such events. */
  | { kind: 'event'; type: string; what: Happening }
  /** One of them reads this field. */
  | { kind: 'field'; key: string }

const MAIL_DEEDS: readonly MailDeed[] = ['opened', 'clicked', 'replied', 'unsubscribed', 'bounced', 'complained']
/** Only the latest: what people answer. */
const MAILS = 3
const OURS = /^(?:mail|sales|baton|lifecycle|contact)\./

/** What may happen now, apart from time passing. */
export function walkChoices(ground: WalkGround, graph: FlowGraph, walk: Walk): WalkChoice[] {
  const mails = walk.mails.slice(-MAILS).reverse()
  const calls = walk.calls.flatMap(({ node }) => [true, false].map((answered) => callChoice(node, answered)))
  const leads = walk.lead ? leadChoices(walk.lead, reasonsAt(ground, walk.lead.node)) : []
  return [...calls, ...leads, ...mails.flatMap((mail) => MAIL_DEEDS.map((deed) => mailChoice(mail, deed))), ...heard(ground, graph, walk)]
}

/** What a person does with a mail. */
export function mailChoice(mail: WalkMail, deed: MailDeed, url?: string): WalkChoice & { kind: 'mail' } {
  const { templateId, node, topic } = mail
  const about = { templateId, node, machine: false, ...(url === undefined ? {} : { url }) }
  const props = deed === 'unsubscribed' && topic !== null ? { ...about, topic } : about
  return { kind: 'mail', deed, mail, what: { do: 'event', type: `mail.${deed}`, props } }
}

function callChoice(node: string, answered: boolean): WalkChoice {
  const answer = answered ? { status: 200, data: {}, why: null } : { status: 500, data: null, why: 'answered 500' }
  return { kind: 'call', answered, node, what: { do: 'webhook', flowId: null, node, ...answer } }
}

/** For which reasons of a rejection a step has ways of their own. */
function reasonsAt({ plan, flowId }: WalkGround, node: string): readonly string[] {
  const asks = plan.flows.get(flowId)?.entry?.nodes.get(node)?.asks
  return asks?.of === 'lead' ? asks.reasons : []
}

/** What sales may say of a lead as its contract is: more than an answer where the step waits for more. */
function leadChoices({ state, contract }: NonNullable<Walk['lead']>, reasons: readonly string[]): WalkChoice[] {
  const say = (answer: SalesWord['answer']): WalkChoice => {
    const why = answer === 'rejected' || answer === 'lost' ? 'other' : ''
    const named = answer === 'rejected' ? reasons : []
    return { kind: 'lead', answer, what: { do: 'sales', answer, rep: 'Rep', why, note: null }, reasons: named }
  }
  const overflow: WalkChoice = { kind: 'lead', answer: 'overflow', what: { do: 'overflow' }, reasons: [] }
  const silent = contract.level || contract.voicemail ? [say('no-response')] : []
  switch (state) {
    case 'routing':
      return [overflow]
    case 'assigned': {
      const tries = contract.voicemail ? [say('voicemail')] : []
      const drafts = contract.level ? [say('draft')] : []
      return [say('accepted'), say('rejected'), ...tries, say('wrong-number'), ...drafts, say('given-back'), ...silent, overflow]
    }
    case 'sleeping':
      return [say('accepted'), say('rejected'), ...silent]
    case 'accepted':
      return contract.leaveAt === 'final-outcome' ? [say('opportunity'), say('converted'), say('lost'), say('given-back')] : []
  }
}

/** What the step they stand at, the goals and the rule for leaving listen to. */
function heard({ plan, flowId }: WalkGround, graph: FlowGraph, { here }: Walk): WalkChoice[] {
  const version = plan.flows.get(flowId)?.entry
  if (!version || here.how === 'over') return []
  const standing = here.how === 'rests' ? (version.nodes.get(here.node)?.conditions ?? []) : atTheDoor(version, plan)
  const always = [...version.goals.map((it) => it.goal.when), ...(version.exitWhen ? [version.exitWhen] : [])]
  const reads: readonly Reads[] = [...standing, ...always].map((it) => it.reads)
  const data = here.how === 'rests' ? graph.nodes.find((it) => it.id === here.node)?.data : undefined
  const types = [...new Set(reads.flatMap((it) => [...it.events.keys()]))].filter((it) => !OURS.test(it)).sort()
  const fields = [...new Set(reads.flatMap((it) => [...it.fields]))].sort()
  return [
    ...types.map((type): WalkChoice => ({ kind: 'event', type, what: { do: 'event', type, props: exampleProps(data, type) } })),
    ...fields.map((key): WalkChoice => ({ kind: 'field', key })),
  ]
}

/** Segments by which the flow lets in: whoever is outside may come to fit them. */
const atTheDoor = ({ triggers }: CompiledFlow, { segments }: Plan): readonly CompiledCondition[] =>
  triggers.flatMap(({ trigger: { on } }) => {
    const condition = on.kind === 'segment-joined' ? segments.get(on.segmentId) : undefined
    return condition ? [condition] : []
  })

/** How often each is drawn, against three of doing nothing. Nobody measured these: a draw is there to look at ways, not to forecast. */
const WEIGHTS: Readonly<Record<string, number>> = { opened: 2, clicked: 2, replied: 0.3, unsubscribed: 0.1, bounced: 0.1, complained: 0.05 }
const LEAD_WEIGHTS: Readonly<Record<string, number>> = {
  ...{
    accepted: 6,
    rejected: 4,
    overflow: 0.2,
    voicemail: 2,
    'wrong-number': 0.3,
    'no-response': 1,
    opportunity: 1,
    converted: 3,
    lost: 3,
  },
}
const NOTHING = 3
const DELAYS = [20 * MINUTE, HOUR, 5 * HOUR, 24 * HOUR, 60 * HOUR]

const weightOf = (choice: WalkChoice): number => {
  switch (choice.kind) {
    case 'mail':
      return WEIGHTS[choice.deed] ?? 0
    case 'call':
      return choice.answered ? 20 : 3
    case 'lead':
      return LEAD_WEIGHTS[choice.answer] ?? 0
    case 'event':
      return 3
    case 'field':
      return 0
  }
}

/** Draws what happens next, by the seed and by how much has been decided: the same walk draws the same again. */
export function drawDecision(walk: Walk, choices: readonly WalkChoice[], decided: number, seed: string): WalkDecision {
  const latest = walk.mails.at(-1)
  const open = choices.filter((it) => it.kind !== 'mail' || it.mail.key === latest?.key)
  const throwOf = (question: string) => hash01([walk.state.person.key, 'walk', decided, question, seed])
  const picked = open[pickShare([NOTHING, ...open.map(weightOf)], throwOf('what')) - 1]
  if (!picked || picked.kind === 'field') return { do: 'on' }
  return { do: 'happen', at: drawnAt(picked, walk, throwOf('when')), what: picked.what }
}

function drawnAt(choice: WalkChoice, { now, here }: Walk, dice: number): Instant {
  if (choice.kind === 'call') return now
  const due = here.how === 'rests' ? here.due : null
  const fits = DELAYS.filter((it) => due === null || now + it < due)
  return now + (fits[Math.floor(dice * fits.length)] ?? MINUTE)
}
