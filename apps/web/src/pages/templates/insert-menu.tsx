import { Menu } from '@mantine/core'
import { IconBraces, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../shell/api.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { type Block, blocks } from './blocks.ts'

const icon = { size: 14, stroke: 1.75 }

const GROUPS = { Person: 'Of the person', Carried: 'Kept by a flow', Us: 'Of your workspace' } as const

/** Fields of the person, what steps keep for later ones, facts of the workspace; gives what to write: `{{ contact.first_name }}`. */
export function VariableMenu({ onPick, small = false }: { onPick: (text: string) => void; small?: boolean }) {
  const variables = useQuery(api.templates.variables.queryOptions(undefined, { staleTime: 60_000 }))
  const groups = (['Person', 'Carried', 'Us'] as const).filter((it) => variables.data?.some(({ group }) => group === it))
  return (
    <Menu position="bottom-end" width={260} shadow="md">
      <Menu.Target>
        {small ? (
          <IconButton size="small" label="Put in a field" icon={<IconBraces {...icon} />} />
        ) : (
          <Button size="small" look="quiet" icon={<IconBraces {...icon} />}>
            Field
          </Button>
        )}
      </Menu.Target>
      <Menu.Dropdown className="insert-list">
        {groups.map((group) => (
          <div key={group}>
            <Menu.Label>{GROUPS[group]}</Menu.Label>
            {variables.data
              ?.filter((one) => one.group === group)
              .map(({ label, variable }) => (
                <Menu.Item
                  key={variable}
                  onClick={() => onPick(`{{ ${variable} }}`)}
                  rightSection={<code className="faint">{variable.split('.').at(-1)}</code>}
                >
                  {label}
                </Menu.Item>
              ))}
          </div>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** Headings, texts, buttons and the like. */
export function BlockMenu({ words = 'Block', onPick }: { words?: string; onPick: (block: Block) => void }) {
  return (
    <Menu position="bottom-end" width={180} shadow="md">
      <Menu.Target>
        <Button size="small" look="quiet" icon={<IconPlus {...icon} />}>
          {words}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {blocks.map((block) => (
          <Menu.Item key={block.id} onClick={() => onPick(block)}>
            {block.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
