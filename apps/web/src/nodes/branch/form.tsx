import { type ConfigOf, conditionSentence } from '@baton/engine'
import { Menu } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconChevronDown, IconDots, IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { ConditionBuilder } from '../../condition/index.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import type { FormProps } from '../screen.ts'
import { WhoGoes } from './who-goes.tsx'

type Config = ConfigOf<'branch'>
type Case = Config['cases'][number]

/** A port's id stays when its case is renamed or moved, so it is never one that was used before. */
function freshId(cases: readonly Case[]): string {
  const used = cases.map(({ id }) => Number(/^case-(\d+)$/.exec(id)?.[1] ?? 0))
  return `case-${Math.max(0, ...used) + 1}`
}

/** So many cases at most. */
const MOST = 50

export function Form({ config, catalog, readOnly, issues, onChange }: FormProps<Config>) {
  const { cases } = config
  const [open, setOpen] = useState<string | null>(cases[0]?.id ?? null)
  const set = (next: Case[]) => onChange({ ...config, cases: next })
  const change = (at: number, part: Partial<Case>) => set(cases.map((it, place) => (place === at ? { ...it, ...part } : it)))
  const move = (at: number, by: number) => {
    const next = [...cases]
    const [one] = next.splice(at, 1)
    if (one) next.splice(at + by, 0, one)
    set(next)
  }
  const add = () => {
    const id = freshId(cases)
    set([...cases, { id, name: '', when: { combinator: 'and', rules: [] } }])
    setOpen(id)
  }
  return (
    <div className="cases">
      {cases.map((it, at) => {
        const wrong = issues.some(({ path }) => path === `cases.${at}` || path?.startsWith(`cases.${at}.`))
        const shown = it.name.trim() || `Case ${at + 1}`
        return (
          <section key={it.id} className={`case${open === it.id ? ' open' : ''}${wrong ? ' wrong' : ''}`} aria-label={shown}>
            <div className="row">
              <span className="ord">{at + 1}</span>
              {open === it.id ? (
                <input
                  className="case-name grow"
                  aria-label="Name of the case"
                  placeholder={`Case ${at + 1}`}
                  maxLength={80}
                  disabled={readOnly}
                  value={it.name}
                  onChange={(event) => change(at, { name: event.currentTarget.value })}
                />
              ) : (
                <button type="button" className="case-name grow" aria-expanded="false" onClick={() => setOpen(it.id)}>
                  {shown}
                </button>
              )}
              {open === it.id && !readOnly ? (
                <Menu position="bottom-end" width={180}>
                  <Menu.Target>
                    <IconButton size="small" label={`More for ${shown}`} icon={<IconDots size={14} stroke={1.75} />} />
                  </Menu.Target>
                  <Menu.Dropdown>
                    <Menu.Item disabled={at === 0} leftSection={<IconArrowUp size={16} stroke={1.75} />} onClick={() => move(at, -1)}>
                      Ask earlier
                    </Menu.Item>
                    <Menu.Item
                      disabled={at === cases.length - 1}
                      leftSection={<IconArrowDown size={16} stroke={1.75} />}
                      onClick={() => move(at, 1)}
                    >
                      Ask later
                    </Menu.Item>
                    <Menu.Divider />
                    <Menu.Item
                      data-danger
                      leftSection={<IconTrash size={16} stroke={1.75} />}
                      onClick={() => set(cases.filter((_, place) => place !== at))}
                    >
                      Remove the case
                    </Menu.Item>
                  </Menu.Dropdown>
                </Menu>
              ) : (
                open !== it.id && (
                  <IconButton
                    size="small"
                    label={`Open ${shown}`}
                    icon={<IconChevronDown size={14} stroke={1.75} />}
                    onClick={() => setOpen(it.id)}
                  />
                )
              )}
            </div>
            {open === it.id ? (
              <div className="case-when">
                <ConditionBuilder value={it.when} catalog={catalog} readOnly={readOnly} onChange={(when) => change(at, { when })} />
              </div>
            ) : (
              <p className="case-words">
                If{' '}
                {conditionSentence(it.when, catalog).map((part, place) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: words of a sentence are their places
                  <span key={place} className={part.kind === 'missing' ? 'danger' : part.kind === 'strong' ? 'strong' : undefined}>
                    {part.text}{' '}
                  </span>
                ))}
              </p>
            )}
          </section>
        )
      })}
      <div className="case rest">
        <div className="row">
          <span className="ord rest">{cases.length + 1}</span>
          <span className="case-name grow">Otherwise</span>
          <span className="small faint">everyone else</span>
        </div>
      </div>
      {!readOnly && (
        <Button size="small" icon={<IconPlus size={14} stroke={1.75} />} disabled={cases.length >= MOST} onClick={add}>
          Add a case
        </Button>
      )}
      <WhoGoes config={config} catalog={catalog} />
    </div>
  )
}
