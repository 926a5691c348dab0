import './merge.css'
import { IconArrowsExchange } from '@tabler/icons-react'
import type { Answers } from '../../shell/api.ts'
import { Button } from '../../ui/button.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Radio } from '../../ui/fields.tsx'

type Preview = Answers['merge']['preview']

const shown = (value: unknown): string =>
  Array.isArray(value) ? value.join(', ') : value === true ? 'Yes' : value === false ? 'No' : String(value)

/** Who stays, and what is kept of whom: a value to choose where both have one. */
export function MergePreview({
  preview,
  picked,
  onPick,
  onSwap,
}: {
  preview: Preview
  picked: readonly string[]
  onPick: (fields: string[]) => void
  onSwap: () => void
}) {
  const { survivor, loser, fields, passages } = preview
  const both = fields.filter((it) => it.mine !== null)
  const gained = fields.filter((it) => it.mine === null)
  const closing = passages.filter((it) => it.closes)
  return (
    <div className="stack merge">
      <div className="row">
        <p className="grow">
          <strong>{survivor.name}</strong> <span className="muted">({survivor.key})</span> stays. <strong>{loser.name}</strong>{' '}
          <span className="muted">({loser.key})</span> becomes part of it.
        </p>
        <Button size="small" icon={<IconArrowsExchange size={14} stroke={1.75} />} onClick={onSwap}>
          The other way round
        </Button>
      </div>
      {both.map(({ key, label, mine, theirs }) => (
        <Radio.Group
          key={key}
          label={label}
          size="xs"
          value={picked.includes(key) ? 'theirs' : 'mine'}
          onChange={(value) => onPick(value === 'theirs' ? [...picked, key] : picked.filter((it) => it !== key))}
        >
          <div className="merge-choice">
            <Radio size="xs" value="mine" label={shown(mine)} />
            <Radio size="xs" value="theirs" label={shown(theirs)} />
          </div>
        </Radio.Group>
      ))}
      <ul className="merge-facts">
        {gained.length > 0 && <li>Filled in: {gained.map((it) => `${it.label} ${shown(it.theirs)}`).join(', ')}.</li>}
        <li>
          {preview.consent.map(({ name, given }) => `${name}: ${given === null ? 'never asked' : given ? 'agreed' : 'said no'}`).join(', ')}
          . Where the two differ, the stricter counts.
        </li>
        {preview.stopped !== null && <li>Mail to this person stays stopped.</li>}
        <li>Events, points, mails and notes of both are kept. Nothing is sent again.</li>
        {passages.length > closing.length && <li>Goes on in: {flowsOf(passages.filter((it) => !it.closes))}.</li>}
        {closing.length > 0 && <li>Is twice in {flowsOf(closing)}: who has come further goes on, the other leaves.</li>}
        {preview.joins > 0 && <li>Is twice with sales: the earlier lead stays.</li>}
      </ul>
      <Callout tone="warn" title="This cannot be taken back." />
    </div>
  )
}

const flowsOf = (passages: Preview['passages']): string => [...new Set(passages.map((it) => it.flow))].join(', ')
