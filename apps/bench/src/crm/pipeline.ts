/** Deals that were decided in a month of the calendar. */
export interface DecidedMonth {
  /** `2017-03`. */
  month: string
  won: number
  lost: number
}

export interface Pipeline {
  deals: number
  won: number
  lost: number
  /** Not decided yet. */
  open: number
  /** In the order of time. */
  months: readonly DecidedMonth[]
}

/** A US date (`3/1/2017`) as its month. */
function monthOf(text: string): string {
  const [month = '', , year = ''] = text.split('/')
  return `${year}-${month.padStart(2, '0')}`
}

/** Reads a file of deals (`,`, a header, no cell with `,` in it) by a short script of its own. */
export function readPipeline(text: string): Pipeline {
  const [header = '', ...lines] = text.split(/\r?\n/).filter((line) => line !== '')
  const names = header.split(',')
  const [stage, closed] = [names.indexOf('deal_stage'), names.indexOf('close_date')]
  const months = new Map<string, DecidedMonth>()
  let open = 0
  for (const line of lines) {
    const cells = line.split(',')
    const what = cells[stage]
    if (what !== 'Won' && what !== 'Lost') {
      open++
      continue
    }
    const month = monthOf(cells[closed] ?? '')
    const at = months.get(month) ?? { month, won: 0, lost: 0 }
    months.set(month, { month, won: at.won + (what === 'Won' ? 1 : 0), lost: at.lost + (what === 'Lost' ? 1 : 0) })
  }
  const all = [...months.values()].sort((a, b) => (a.month < b.month ? -1 : 1))
  const sum = (of: 'won' | 'lost') => all.reduce((total, it) => total + it[of], 0)
  return { deals: lines.length, won: sum('won'), lost: sum('lost'), open, months: all }
}
