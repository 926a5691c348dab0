import type { Figure } from '../figures.ts'
import type { Findings } from '../findings.ts'

/** What a run was made with. */
export interface Circumstances {
  /** As it is typed. */
  command: string
  /** Of the day it was measured, `2026-11-22`. */
  date: string
  commit: string
  machine: string
  /** How many processes wanted to run before it began. */
  load: number
}

/** From here on others took part of the machine: absolute figures are too low, and ratios noisy. */
const BUSY = 1

const GOALS = ['<!-- goals: written by the benchmarks, as all between such marks -->', '<!-- end of goals -->'] as const
const marks = (name: string) => [`<!-- ${name}: written by npm run bench -->`, `<!-- end of ${name} -->`] as const

const number = (value: number) => value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 3 : value < 1000 ? 1 : 0 })
const cell = (text: string | number) => String(text).replaceAll('|', '/').replaceAll('\n', ' ')
const row = (cells: readonly (string | number)[]) => `| ${cells.map(cell).join(' | ')} |`
const asked = (goal: number | null, better: Figure['better'], unit: string) =>
  goal === null ? '' : `${better === 'smaller' ? '≤' : '≥'} ${number(goal)}${unit}`

function grid(columns: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const rules = columns.map((_, i) =>
    rows.every((cells) => /^[-\d,.]*\d/.test(String(cells[i] ?? ''))) && rows.length > 0 ? '---:' : '---',
  )
  return [row(columns), row(rules), ...rows.map(row)].join('\n')
}

const HEADS = ['what', 'value', 'baseline', 'ratio', 'goal', 'then', ''] as const

function figureRow(one: Figure): string[] {
  const by = one.ratio === null ? ` ${one.unit}` : 'x'
  return [
    one.name,
    `${number(one.value)} ${one.unit}`,
    one.baseline === null ? '' : number(one.baseline),
    one.ratio === null ? '' : `${number(one.ratio)}x`,
    asked(one.goal, one.better, by),
    asked(one.next, one.better, by),
    one.met === null ? '' : one.met ? 'met' : '**missed**',
  ]
}

function section(name: string, { figures, tables = [] }: Findings, made: Circumstances): string {
  const [open, close] = marks(name)
  return [
    open,
    `\`${made.command}\`, ${made.date}, commit ${made.commit}; ${made.machine}.${made.load > BUSY ? ` **The machine was busy with other work** (load ${made.load.toFixed(0)} before the run): speeds are too low, and ratios noisy.` : ''}`,
    '',
    grid(HEADS, figures.map(figureRow)),
    ...tables.flatMap((it) => ['', `${it.title}:`, '', grid(it.columns, it.rows)]),
    '',
    close,
  ].join('\n')
}

/** The text with what stands between two marks, and the marks, replaced; undefined where they are not there. */
function replaced(text: string, [open, close]: readonly [string, string], by: string): string | undefined {
  const from = text.indexOf(open)
  const to = text.indexOf(close, from)
  return from < 0 || to < 0 ? undefined : text.slice(0, from) + by + text.slice(to + close.length)
}

/** Every figure on the page that has a goal, with the benchmark it comes from. */
function goalsOf(text: string): string[][] {
  return [...text.matchAll(/<!-- (\S+): written by npm run bench -->([\s\S]*?)<!-- end of \1 -->/g)].flatMap(([, name = '', body = '']) =>
    body.split('\n').flatMap((line) => {
      const cells = line
        .split('|')
        .map((it) => it.trim())
        .slice(1, -1)
      const [what = '', value = '', , ratio = '', goal = '', then = '', met = ''] = cells
      return cells.length === HEADS.length && /^[≤≥]/.test(goal)
        ? [[`\`${name}\``, what, ratio === '' ? value : ratio, goal, then, met]]
        : []
    }),
  )
}

/**
 * The page with the section of one benchmark as it was just measured, in the place of the section before; a new one comes last. The
 * list of goals is made anew from all sections. Whatever else stands on the page stays as it is.
 */
export function updatePage(text: string, name: string, findings: Findings, made: Circumstances): string {
  const fresh = section(name, findings, made)
  const withSection = replaced(text, marks(name), fresh) ?? `${text.trimEnd()}\n\n## ${name}\n\n${fresh}\n`
  const goals = [GOALS[0], grid(['benchmark', 'what', 'where it stands', 'goal', 'then', ''], goalsOf(withSection)), GOALS[1]].join('\n')
  return replaced(withSection, GOALS, goals) ?? withSection
}
