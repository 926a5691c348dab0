import { Menu } from '@mantine/core'
import {
  IconArrowBackUp,
  IconCheck,
  IconDots,
  IconList,
  IconPencil,
  IconPhone,
  IconPlus,
  IconRotateClockwise,
  IconTestPipe,
} from '@tabler/icons-react'
import { useState } from 'react'
import { Button, IconButton } from '../button.tsx'
import { confirm } from '../confirm.ts'
import { Drawer } from '../drawer.tsx'
import { Checkbox, MultiSelect, NumberInput, Radio, Select, Switch, Textarea, TextInput } from '../fields.tsx'
import { TextField } from '../form-field.tsx'
import { Kbd } from '../kbd.tsx'
import { SearchInput } from '../search-input.tsx'
import { Segmented } from '../segmented.tsx'
import { Tabs } from '../tabs.tsx'
import { toast } from '../toast.ts'
import { Part } from './section.tsx'

const icon = { size: 14, stroke: 1.75 }

function Buttons() {
  return (
    <Part title="Buttons">
      <div className="row">
        <Button look="primary" size="big" icon={<IconCheck {...icon} />} keys="A">
          Accept
        </Button>
        <Button size="big" icon={<IconPhone {...icon} />} keys="L">
          Log a call
        </Button>
        <Button size="big" look="quiet" icon={<IconRotateClockwise {...icon} />}>
          Give back…
        </Button>
        <Button size="big" look="danger-quiet" keys="R">
          Reject…
        </Button>
      </div>
      <div className="row">
        <Button look="primary" icon={<IconPlus {...icon} />}>
          New flow
        </Button>
        <Button>Change</Button>
        <Button look="quiet">Columns</Button>
        <Button look="danger">Remove</Button>
        <Button disabled>Publish</Button>
        <Button busy>Saving</Button>
        <IconButton label="Undo" keys="Ctrl Z" icon={<IconArrowBackUp size={16} stroke={1.75} />} />
        <Button size="small">Add</Button>
        <IconButton size="small" label="More" icon={<IconDots {...icon} />} />
        <Kbd keys="Ctrl K" />
      </div>
    </Part>
  )
}

function Choices() {
  const [mode, setMode] = useState<'edit' | 'simulate' | 'review'>('edit')
  const [tab, setTab] = useState<'cases' | 'try' | 'history'>('cases')
  return (
    <Part title="Segmented, tabs, menu">
      <div className="row">
        <Segmented
          label="Mode"
          value={mode}
          onChange={setMode}
          options={[
            { value: 'edit', label: 'Edit', icon: <IconPencil {...icon} /> },
            { value: 'simulate', label: 'Simulate', icon: <IconTestPipe {...icon} /> },
            { value: 'review', label: 'Review', icon: <IconList {...icon} />, disabled: true },
          ]}
        />
        <Segmented
          label="State"
          size="small"
          value={mode}
          onChange={setMode}
          options={[
            { value: 'edit', label: 'All 12' },
            { value: 'simulate', label: 'Live 8' },
            { value: 'review', label: 'Drafts 2' },
          ]}
        />
      </div>
      <div className="row">
        <Tabs
          label="Inspector"
          value={tab}
          onChange={setTab}
          tabs={[
            { value: 'cases', label: 'Cases' },
            { value: 'try', label: 'Try' },
            { value: 'history', label: 'History' },
          ]}
        />
        <Menu position="bottom-start" width={200}>
          <Menu.Target>
            <Button id="menu">Menu</Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>Flow</Menu.Label>
            <Menu.Item leftSection={<IconPencil size={16} />}>Rename</Menu.Item>
            <Menu.Item rightSection={<Kbd keys="Ctrl D" />}>Duplicate</Menu.Item>
            <Menu.Divider />
            <Menu.Item data-danger>Archive…</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
    </Part>
  )
}

function Forms() {
  const [text, setText] = useState('hanover')
  return (
    <Part title="Fields">
      <div style={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 12 }}>
        <TextField label="Sender name" hint="Stands before the address." defaultValue="Nordlicht" />
        <TextField label="E-mail" error="An address has one @ and a domain." defaultValue="nora.nordlicht" />
        <TextInput label="Mantine's text" placeholder="Name" description="In the same look." />
        <Select label="Role" data={['Admin', 'Marketer', 'Sales rep']} defaultValue="Marketer" />
        <NumberInput label="Points" defaultValue={25} />
        <MultiSelect label="Topics" data={['Product', 'Webinars', 'Events']} defaultValue={['Product']} />
        <Textarea label="Note" error="Say why in a sentence." rows={2} />
        <div className="stack">
          <Checkbox label="Ask for consent" defaultChecked />
          <Checkbox label="Some of them" indeterminate />
          <Radio label="The next rep" defaultChecked />
          <Switch label="Single letters as shortcuts" defaultChecked />
        </div>
        <SearchInput label="Find a contact" value={text} onChange={setText} />
        <SearchInput label="Find a flow" value="" onChange={() => {}} />
      </div>
    </Part>
  )
}

function Overlays() {
  const [open, setOpen] = useState(false)
  return (
    <Part title="Dialogs, toasts, drawer">
      <div className="row">
        <Button
          id="confirm"
          onClick={() =>
            void confirm({
              title: 'Publish 8 over 7?',
              text: '297 people go on where they are, 15 move, no mail goes out now.',
              deed: 'Publish 8',
            })
          }
        >
          Publish…
        </Button>
        <Button
          onClick={() => void confirm({ title: 'Remove 3 contacts?', text: 'Their journeys go with them.', deed: 'Remove', danger: true })}
        >
          Remove…
        </Button>
        <Button id="toast" onClick={() => toast({ words: 'Archived Trade fair Hannover.', undo: () => {} })}>
          Toast
        </Button>
        <Button id="bad-toast" onClick={() => toast({ words: 'Not saved. The server does not answer.', bad: true })}>
          Bad toast
        </Button>
        <Button id="drawer" onClick={() => setOpen(true)}>
          Drawer
        </Button>
        <Drawer title="312 people wait here" open={open} onClose={() => setOpen(false)}>
          <p style={{ padding: 16 }}>A list of them.</p>
        </Drawer>
      </div>
    </Part>
  )
}

/** Everything that is pressed or filled in. */
export function Controls() {
  return (
    <>
      <Buttons />
      <Choices />
      <Forms />
      <Overlays />
    </>
  )
}
