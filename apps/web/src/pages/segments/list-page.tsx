import { IconTrash, IconUsers } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { type Answers, api } from '../../shell/api.ts'
import { useMay } from '../../shell/person.ts'
import { problemWords } from '../../shell/problem.ts'
import { TopBar } from '../../shell/top-bar.tsx'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Callout } from '../../ui/callout.tsx'
import { TextInput } from '../../ui/fields.tsx'
import { Panel, Section } from '../../ui/panel.tsx'
import { toast } from '../../ui/toast.ts'
import { AddToList } from './list-add.tsx'
import { ListPeople } from './list-people.tsx'
import { useRemoveSegment } from './use-remove.ts'
import { UsedByList } from './used-by-list.tsx'

const icon = { size: 14, stroke: 1.75 }

/** A list: its name, who is on it, and how others come on it. */
export function ListPage({ list }: { list: Answers['segments']['get'] }) {
  const mayEdit = useMay('admin', 'marketer')
  const queries = useQueryClient()
  const navigate = useNavigate()
  const askRemove = useRemoveSegment()
  const [name, setName] = useState(list.name)
  const rename = useMutation(
    api.lists.rename.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: api.segments.pathKey() })
        await queries.invalidateQueries({ queryKey: api.flows.catalog.queryKey() })
        toast({ words: `${name.trim()} is saved.` })
      },
    }),
  )
  return (
    <div className="page">
      <TopBar
        crumbs={[
          <Link key="segments" to="/segments">
            Segments
          </Link>,
          list.name,
        ]}
      >
        {mayEdit && (
          <Button
            look="danger-quiet"
            icon={<IconTrash {...icon} />}
            onClick={() => void askRemove(list).then((gone) => (gone ? navigate({ to: '/segments' }) : undefined))}
          >
            Delete…
          </Button>
        )}
        <ButtonLink look="quiet" to="/contacts" search={{ segment: list.id }} icon={<IconUsers {...icon} />}>
          Show the people
        </ButtonLink>
        {mayEdit && (
          <Button
            look="primary"
            busy={rename.isPending}
            disabled={name.trim() === '' || name === list.name}
            onClick={() => rename.mutate({ id: list.id, rev: list.rev, name })}
          >
            Save
          </Button>
        )}
      </TopBar>
      <div className="work">
        <div className="page-body segment-main">
          {rename.error && <Callout tone="danger" title={problemWords(rename.error)} />}
          <TextInput
            label="Name"
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            disabled={!mayEdit}
            className="segment-name"
          />
          {mayEdit && <AddToList listId={list.id} />}
          <section aria-labelledby="who-is-on">
            <h2 id="who-is-on">Who is on it</h2>
            <ListPeople listId={list.id} mayEdit={mayEdit} />
          </section>
        </div>
        <Panel label="About the list" width={300}>
          <Section title="How it works">
            <p className="muted prose">
              People stay on a list until they are taken off. A flow can put them on it or take them off, can begin when somebody comes on
              it, and can ask whether somebody is on it.
            </p>
          </Section>
          <UsedByList uses={list.uses} />
        </Panel>
      </div>
    </div>
  )
}
