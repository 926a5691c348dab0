import type { Catalog, Happening, WalkEntrance } from '@baton/engine'
import { ruleWords, sawWords } from '../../pages/contacts/reasons/parts.ts'
import { Checkbox, Select } from '../../ui/fields.tsx'
import { PropsInput } from './props-input.tsx'
import { entranceWords } from './words.ts'

type Props = {
  entrances: readonly WalkEntrance[]
  node: string
  onNode: (node: string) => void
  /** What brings them in. */
  happening: Happening | null
  onHappening: (what: Happening | null) => void
  madeUp: boolean
  catalog: Catalog
  name: (node: string) => string
}

/** By which start somebody comes in, and how: as the start says, or by hand. */
export function EntranceChoice({ entrances, node, onNode, happening, onHappening, madeUp, catalog, name }: Props) {
  const entrance = entrances.find((it) => it.node === node)
  if (!entrance) return null
  const byHand = happening?.do === 'enrol' && (happening.by ?? 'hand') === 'hand'
  const always = entrance.byHand || entrance.kind === 'manual'
  return (
    <div className="stack">
      {entrances.length > 1 && (
        <Select
          label="Comes in by"
          allowDeselect={false}
          data={entrances.map((it) => ({ value: it.node, label: name(it.node) }))}
          value={node}
          onChange={(next) => next !== null && onNode(next)}
        />
      )}
      {entrances.length === 1 && (
        <p>
          <span className="muted">Comes in by </span>
          <b>{name(node)}</b>
        </p>
      )}
      {!byHand && <p className="small muted">{entranceWords(entrance, catalog, madeUp)}</p>}
      {!byHand && <FitWords entrance={entrance} catalog={catalog} />}
      {byHand && always && <p className="small muted">{entranceWords(entrance, catalog, madeUp)}</p>}
      {happening?.do === 'event' && (
        <PropsInput props={happening.props} onChange={(props) => onHappening({ ...happening, props })} label="What it says" />
      )}
      {!always && (
        <Checkbox
          label="Let them in by hand instead"
          checked={byHand}
          onChange={(event) => onHappening(event.currentTarget.checked ? { do: 'enrol', node, by: 'hand' } : entrance.proposal)}
        />
      )}
    </div>
  )
}

/** Why somebody does not fit the segment that lets in; nothing where they do. */
export function FitWords({ entrance: { fits, of }, catalog }: { entrance: WalkEntrance; catalog: Catalog }) {
  if (!fits || fits.truth === true) return null
  const name = catalog.segments.find((it) => it.id === of)?.name ?? 'the segment'
  const against = fits.rules.filter((it) => it.truth !== true).slice(0, 3)
  return (
    <p className="small warn">
      They do not fit “{name}” now: {against.map((it) => `${ruleWords(it, catalog)} (saw ${sawWords(it)})`).join(', ')}.
    </p>
  )
}
