import type { Answers, Inputs } from '../../shell/api.ts'

export type Preview = Answers['imports']['preview']
export type Column = Preview['columns'][number]
export type Settings = Inputs['imports']['start']['settings']
export type Key = Settings['key']
export type Consent = Settings['consent']
export type Field = Answers['fields']['list'][number]
export type FieldType = Field['type']

/** Where one column goes. */
export type Target = { kind: 'none' } | { kind: 'field'; key: string } | { kind: 'new'; label: string; type: FieldType }

/** What the file proposes for each column. */
export function proposedTargets({ columns }: Preview): Target[] {
  return columns.map(({ proposal }) => {
    if (proposal === null) return { kind: 'none' }
    return 'field' in proposal
      ? { kind: 'field', key: proposal.field }
      : { kind: 'new', label: proposal.create.label, type: proposal.create.type }
  })
}

/** A column as the server takes it; null where it is left out. */
function mappingOf({ column, guess, examples }: Column, target: Target): Settings['columns'][number] | null {
  const format = { decimal: guess.decimal, dates: guess.dates }
  if (target.kind === 'none') return null
  if (target.kind === 'field') return { column, field: target.key, ...format }
  const options = target.type === 'choice' ? { options: examples } : {}
  return { column, create: { label: target.label.trim(), type: target.type, ...options }, ...format }
}

/** Everything the import is told before it starts. */
export function settingsOf(preview: Preview, targets: readonly Target[], key: Key, consent: Consent, list: string | null): Settings {
  const { encoding, delimiter, header } = preview
  const columns = preview.columns.flatMap((column, at) => mappingOf(column, targets[at] ?? { kind: 'none' }) ?? [])
  return { encoding, delimiter, header, columns, key, consent, list }
}

/** What stands in the way of a start, in words; empty when nothing does. */
export function problemsOf(preview: Preview, targets: readonly Target[], key: Key, consent: Consent, fields: readonly Field[]): string[] {
  const labels = new Map(fields.map((it) => [it.key, it.label]))
  const used = targets.flatMap((it) => (it.kind === 'field' ? [it.key] : []))
  const twice = used.find((it, at) => used.indexOf(it) !== at)
  const fresh = targets.flatMap((it) => (it.kind === 'new' ? [it.label.trim().toLowerCase()] : []))
  const same = fresh.find((it, at) => it !== '' && (fresh.indexOf(it) !== at || fields.some((field) => field.label.toLowerCase() === it)))
  return [
    fresh.includes('') && 'A new field has no name. Write one.',
    twice !== undefined && `Two columns go to ${labels.get(twice) ?? twice}. Leave one out.`,
    same !== undefined && `There is a field called “${same}” already, or twice here. Choose it, or another name.`,
    key.by === 'line' && key.prefix.trim() === '' && 'Write a text before the line number.',
    key.by !== 'line' && preview.columns[key.column] === undefined && 'Choose the column that tells people apart.',
    consent.who !== 'nobody' && consent.source.trim().length < 3 && 'Write where and when they agreed.',
    consent.who === 'column' && consent.yes.length === 0 && 'Write what stands there for yes.',
  ].filter((it) => it !== false)
}
