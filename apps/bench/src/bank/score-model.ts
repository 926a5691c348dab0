import { appRouter, type Context, createCallerFactory, type Services } from '@baton/api'
import { createUser, type Handle } from '@baton/db'
import type { Condition, Rule, ScoreRule } from '@baton/engine'
import { createLog, createPlans, createRunner } from '@baton/server'

const AT = Date.UTC(2026, 10, 22, 9)

/** Columns of the file beyond the sample programme's fields. How long the call took is known only after it. */
const FIELDS = [
  { label: 'Marital', type: 'text' },
  { label: 'Housing', type: 'text' },
  { label: 'Loan', type: 'text' },
  { label: 'Contact', type: 'text' },
  { label: 'Month', type: 'text' },
  { label: 'Duration', type: 'number', afterOutcome: true },
  { label: 'Y', type: 'text' },
] as const

type Op = Rule['op']
const when = (key: string, op: Op, value: Rule['value']): Condition => ({
  combinator: 'and',
  rules: [{ subject: { kind: 'field', key }, op, value }],
})

/** A score of its own: steps of the campaign give points to the others. */
const LIKELY = { id: 'likely', name: 'Likely to say yes' }

let made = 0
const gives = (points: number, key: string, op: Op, value: Rule['value']): ScoreRule => {
  made++
  return { kind: 'attribute', id: `bank_${made}`, name: '', dimension: LIKELY.id, points: points * 100, when: when(key, op, value) }
}

/** A model as somebody would make it by hand who looks at how often each group said yes. Points are about ten times the log odds. */
const BY_HAND: readonly ScoreRule[] = [
  gives(25, 'poutcome', 'is', 'success'),
  gives(3, 'poutcome', 'any-of', ['failure', 'other']),
  gives(-10, 'contact', 'is', 'unknown'),
  gives(15, 'month', 'any-of', ['mar', 'sep', 'oct', 'dec']),
  gives(5, 'month', 'any-of', ['apr', 'feb']),
  gives(-4, 'month', 'any-of', ['may', 'jul', 'nov', 'jan', 'aug']),
  gives(6, 'housing', 'is', 'no'),
  gives(-5, 'loan', 'is', 'yes'),
  gives(5, 'job', 'any-of', ['student', 'retired']),
  gives(-3, 'job', 'any-of', ['blue-collar', 'entrepreneur', 'housemaid']),
  gives(-2, 'marital', 'is', 'married'),
  gives(3, 'education', 'is', 'tertiary'),
  gives(8, 'age', 'ge', 60),
  gives(3, 'age', 'lt', 30),
  gives(3, 'balance', 'ge', 1500),
  gives(-5, 'balance', 'lt', 0),
  gives(-4, 'campaign', 'ge', 4),
]
/** What the length of the call would add: leakage. */
const LEAKS = gives(20, 'duration', 'gt', 300)

export interface BankScores {
  /** Area under the curve of the model by hand, with its bounds, and of the best tenth how often it said yes against all. */
  auc: number
  low: number
  high: number
  lift: number
  /** With the length of the call: what the product says against it, and the area that it pretends. */
  warned: string
  leaking: number
  leakTold: readonly string[]
}

const createCaller = createCallerFactory(appRouter)
type Caller = ReturnType<typeof createCaller>

/** The product's own API, as a marketer calls it. */
async function marketer(handle: Handle): Promise<Caller> {
  const person = { name: 'Bank analyst', email: 'analyst@example.com', role: 'admin' as const, passwordHash: 'unusable', at: AT }
  const user = await createUser(handle, person)
  const services: Services = new Proxy(Object.create(null), {
    get: (_, name) => {
      if (name === 'nudge') return () => {}
      throw new Error(`The score model asked for services.${String(name)}`)
    },
  })
  const context: Context = {
    ...{ user, db: handle, clock: { now: () => AT }, services },
    ...{ requestId: 'bank', headers: new Headers(), setCookie: () => {} },
  }
  return createCaller(context)
}

/** Makes the fields that the file has beyond those of the sample programme. Before the import. */
export async function prepareFields(handle: Handle): Promise<Caller> {
  const api = await marketer(handle)
  for (const field of FIELDS) await api.fields.create(field)
  return api
}

/** Makes the model through the API, brings everybody's points to it, and reads the report on who said yes. After the import. */
export async function scoreBank(handle: Handle, api: Caller): Promise<BankScores> {
  const log = createLog('error')
  const clock = { now: () => AT }
  const runner = createRunner({ handle, clock, plans: createPlans({ handle, log }), log, owner: 'bank-scores', routing: false })
  const { inForce } = await api.scores.model()
  const dimensions = [...inForce.dimensions.map(({ id, name }) => ({ id, name })), LIKELY]
  const saidYes = when('y', 'is', 'yes')
  const publish = async (rules: ScoreRule[], acknowledged: string[]) => {
    const { rev } = await api.scores.save({ rev: 0, model: { dimensions, rules, grade: null } })
    try {
      await api.scores.publish({ rev, acknowledged })
    } catch (error) {
      await api.scores.discard()
      throw error
    }
    await runner.drainUntilIdle()
    const { scoring } = await api.scores.model()
    if (scoring?.status !== 'done') throw new Error(`The pass over everybody's points is ${scoring?.status ?? 'not there'}`)
    return api.scores.report({ dimension: LIKELY.id, outcome: saidYes })
  }
  try {
    const honest = await publish([...BY_HAND], [])
    const refused = await publish([...BY_HAND, LEAKS], []).then(
      () => 'nothing',
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    )
    const leaking = await publish([...BY_HAND, LEAKS], [LEAKS.id])
    if (!honest.ranking || !leaking.ranking) throw new Error('Nobody said yes, or everybody')
    const { auc, low, high } = honest.ranking
    return {
      ...{ auc, low, high, lift: honest.lift[0]?.lift ?? 0, warned: refused },
      ...{ leaking: leaking.ranking.auc, leakTold: leaking.warnings },
    }
  } finally {
    await runner.stop()
  }
}

/** What is asked of the figures on the real file: worth having, honest, and a warning where it would not be. */
export function judgeBank(found: BankScores): { good: boolean; say: string } {
  const told = found.warned.includes('“Duration” is known only after the outcome') && found.leakTold.some((it) => it.includes('“Duration”'))
  const good = found.auc >= 0.72 && found.low >= 0.7 && found.lift > 2 && told && found.leaking > found.auc
  const bounds = `${found.low.toFixed(3)}–${found.high.toFixed(3)}`
  const rest = `best tenth ${found.lift.toFixed(1)}×, with the length of the call ${found.leaking.toFixed(3)}, ${told ? 'and the product warns' : 'WITHOUT A WARNING'}`
  return { good, say: `score model by hand: AUC ${found.auc.toFixed(4)} (${bounds}), ${rest}` }
}
