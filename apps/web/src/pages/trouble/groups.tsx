import { DateText } from '../../ui/date-text.tsx'
import { fullNumber } from '../../ui/numbers.ts'
import { Panel } from '../../ui/panel.tsx'
import { type Group, kindWords } from './words.ts'

type Props = { groups: readonly Group[]; chosen: Group | undefined; onChoose: (group: Group | undefined) => void }

/** What went wrong, the most frequent first; one of them narrows the list. */
export function Groups({ groups, chosen, onChoose }: Props) {
  return (
    <Panel label="Errors" side="left" width={320}>
      <ul className="trouble-groups">
        <li>
          <button type="button" aria-pressed={chosen === undefined} onClick={() => onChoose(undefined)}>
            <span className="name">All errors</span>
          </button>
        </li>
        {groups.map((group) => (
          <li key={JSON.stringify([group.kind, group.flowId, group.same])}>
            <button type="button" aria-pressed={group === chosen} onClick={() => onChoose(group)}>
              <span className="trouble-error" title={group.same}>
                {group.same === '' ? 'Without a reason' : group.same}
              </span>
              <span className="num trouble-n">{fullNumber(group.n)}</span>
              <span className="second">
                <span className={kindWords[group.kind].tone}>{kindWords[group.kind].state}</span>
                {group.flowName === null ? '' : ` · ${group.flowName}`} · <DateText at={group.last} />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
