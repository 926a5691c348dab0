interface Line {
  contact: string
  seq: number
  at: number
  node: string
  port: string
}

interface Somebody {
  key: string
  fields: Record<string, string>
  node: string | undefined
  at: number
  sends: { key: string; at: number }[]
  log: Line[]
}

interface Step {
  /** @returns the port and how long it takes; undefined: the end */
  take(of: Somebody): { port: string; lasts: number } | undefined
  next: Record<string, string>
}

const DAY = 86_400_000

/**
 * Objects run to their end, one contact after the other, with a log: what a Node engineer would write first for a flow of legs of mail, wait and
 * branch. Steps are closures, people are objects, and nothing has a meaning: no gate, no reasons, no facts as of the step, no zones.
 */
export function runObjects(people: number, { legs, waitDays, days }: { legs: number; waitDays: number; days: number }) {
  const flow = new Map<string, Step>()
  flow.set('in', { take: () => ({ port: 'out', lasts: 0 }), next: { out: 'm0' } })
  for (let leg = 0; leg < legs; leg++) {
    const [mail, wait, branch] = [`m${leg}`, `w${leg}`, `b${leg}`]
    flow.set(mail, {
      take(of) {
        of.sends.push({ key: `${of.key}/${mail}`, at: of.at })
        return { port: 'sent', lasts: 0 }
      },
      next: { sent: wait },
    })
    flow.set(wait, { take: () => ({ port: 'out', lasts: waitDays * DAY }), next: { out: branch } })
    flow.set(branch, {
      take: ({ fields }) => ({ port: fields.plan === 'free' ? 'free' : 'otherwise', lasts: 0 }),
      next: { free: 'end', otherwise: leg === legs - 1 ? 'end' : `m${leg + 1}` },
    })
  }
  flow.set('end', { take: () => undefined, next: {} })
  const until = days * DAY
  let [steps, mails] = [0, 0]
  for (let id = 0; id < people; id++) {
    const key = `p${id}@example.com`
    const somebody: Somebody = { key, fields: { email: key, plan: 'pro' }, node: 'in', at: (id % 5000) * (DAY / 1000), sends: [], log: [] }
    while (somebody.node !== undefined) {
      const step = flow.get(somebody.node)
      const taken = step?.take(somebody)
      if (taken && somebody.at + taken.lasts > until) break
      if (taken) somebody.at += taken.lasts
      const port = taken?.port ?? 'end'
      somebody.log.push({ contact: key, seq: somebody.log.length + 1, at: somebody.at, node: somebody.node, port })
      somebody.node = taken && step?.next[port]
    }
    steps += somebody.log.length
    mails += somebody.sends.length
  }
  return { steps, mails }
}
