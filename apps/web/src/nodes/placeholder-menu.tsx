import type { Catalog } from '@baton/engine'
import { Menu } from '@mantine/core'
import { IconBraces } from '@tabler/icons-react'
import { Button } from '../ui/button.tsx'
import { useCarried } from './use-carried.ts'

/** Offers the placeholders of a text: fields of the person, scores, and what is kept on the way. Gives back `{{contact.email}}`. */
export function PlaceholderMenu({ catalog, onPick }: { catalog: Catalog; onPick: (placeholder: string) => void }) {
  const carried = useCarried()
  const groups = [
    { words: 'Fields', lines: catalog.fields.map(({ key, label }) => ({ id: `contact.${key}`, label })) },
    { words: 'Scores', lines: catalog.dimensions.map(({ id, name }) => ({ id: `score.${id}`, label: name })) },
    { words: 'Kept on the way', lines: carried.map((it) => ({ id: `carried.${it}`, label: it })) },
  ]
  return (
    <Menu position="bottom-start" width={240}>
      <Menu.Target>
        <Button size="small" look="quiet" className="at-start" icon={<IconBraces size={14} stroke={1.75} />}>
          Insert a value
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
        {groups
          .filter((it) => it.lines.length > 0)
          .map(({ words, lines }) => (
            <div key={words}>
              <Menu.Label>{words}</Menu.Label>
              {lines.map(({ id, label }) => (
                <Menu.Item key={id} onClick={() => onPick(`{{${id}}}`)}>
                  {label}
                </Menu.Item>
              ))}
            </div>
          ))}
      </Menu.Dropdown>
    </Menu>
  )
}
