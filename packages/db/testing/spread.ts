import type { Handle, Sql } from '../src/open/handle.ts'
import { placement } from '../src/schema/placement.ts'
import { ONE_MACHINE } from '../src/spread/leases.ts'
import { lintSql } from './sql-lint/index.ts'

/** A statement that a database spread over machines would refuse, or that has no business where it was sent. */
export interface Misfit {
  text: string
  why: string[]
}

/** What only the coordinator has: tables of one machine, and the numbers of sequences. */
const LOCAL = new RegExp(
  `\\b(from|join|into|update|using)\\s+"?(${Object.keys(placement)
    .filter((name) => placement[name]?.at === 'local')
    .join('|')})"?\\b|nextval\\(`,
  'i',
)

/**
 * A database of one machine, worked on as if it were spread over several, with every statement judged on its way: what is sent to a
 * bucket's machine must route to that bucket alone, what is sent to the coordinator must not be refused.
 * @param home and `node` two handles of the same database: the second stands for the machine of every bucket
 * @param misfits collects what is wrong
 */
export function asSpread(home: Handle, node: Handle, misfits: Misfit[]): Handle {
  const judged = new Map<string, readonly string[]>()
  const judge = (text: string, atNode: boolean) => {
    const known = judged.get(`${atNode} ${text}`)
    if (known) return
    const { refused, wide } = lintSql(text, placement)
    const routed = text.startsWith(ONE_MACHINE) ? [] : wide
    const why = [...refused, ...(atNode ? [...routed, ...(LOCAL.test(text) ? ['only the coordinator has what this asks for'] : [])] : [])]
    judged.set(`${atNode} ${text}`, why)
    if (why.length > 0) misfits.push({ text, why })
  }
  const over = (sql: Sql, atNode: boolean, homeOf: () => Sql): Sql => {
    const wrapped: Sql = {
      spread: true,
      get ended() {
        return sql.ended
      },
      get home() {
        return atNode ? homeOf() : wrapped
      },
      get db() {
        return sql.db
      },
      query(text, params) {
        judge(text, atNode)
        return sql.query(text, params)
      },
      copy: (statement, rows) => sql.copy(statement, rows),
    }
    return wrapped
  }
  const whole = (handle: Handle, atNode: boolean, close: () => Promise<void>): Handle => {
    const plain = over(handle, atNode, () => front)
    return {
      kind: handle.kind,
      spread: true,
      get ended() {
        return handle.ended
      },
      get home() {
        return front
      },
      near: () => back,
      get db() {
        return handle.db
      },
      query: plain.query,
      copy: plain.copy,
      migrate: () => handle.migrate(),
      executeSql: (text, values) => handle.executeSql(text, values),
      transaction: (work) => handle.transaction((tx) => work(over(tx, atNode, () => front))),
      interrupt: () => handle.interrupt(),
      close,
    }
  }
  const front = whole(home, false, async () => {
    await node.close()
    await home.close()
  })
  const back = whole(node, true, async () => {})
  return front
}
