import { type Catalog, compileCondition } from '@baton/engine'
import { IconTrash, IconUsers } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { ConditionBuilder, emptyCondition } from '../../condition/index.tsx'
import { type Answers, api } from '../../shell/api.ts'
import { useMay } from '../../shell/person.ts'
import { problemWords } from '../../shell/problem.ts'
import { TopBar } from '../../shell/top-bar.tsx'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Callout } from '../../ui/callout.tsx'
import { TextInput } from '../../ui/fields.tsx'
import { Panel, Section } from '../../ui/panel.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { toast } from '../../ui/toast.ts'
import { Preview } from './preview.tsx'
import { useRemoveSegment } from './use-remove.ts'
import { UsedByList } from './used-by-list.tsx'

type Segment = Answers['segments']['get']
const icon = { size: 14, stroke: 1.75 }

/** The condition as a sentence, who matches now, and who uses the segment. */
export function SegmentEditor({ catalog, segment }: { catalog: Catalog; segment: Segment | undefined }) {
  const mayEdit = useMay('admin', 'marketer')
  const queries = useQueryClient()
  const navigate = useNavigate()
  const askRemove = useRemoveSegment()
  const [name, setName] = useState(segment?.name ?? '')
  const [condition, setCondition] = useState(segment?.condition ?? emptyCondition)
  const complete = condition.rules.length > 0 && !('issues' in compileCondition(condition, catalog, 'segment'))
  const changed = name !== (segment?.name ?? '') || JSON.stringify(condition) !== JSON.stringify(segment?.condition ?? emptyCondition)
  const after = async () => {
    await queries.invalidateQueries({ queryKey: api.segments.pathKey() })
    await queries.invalidateQueries({ queryKey: api.flows.catalog.queryKey() })
  }
  const create = useMutation(
    api.segments.create.mutationOptions({
      onSuccess: async ({ id }) => {
        await after()
        await navigate({ to: '/segments/$segmentId', params: { segmentId: id }, replace: true })
        toast({ words: `${name.trim()} is made. Everybody is looked at now.` })
      },
    }),
  )
  const change = useMutation(
    api.segments.change.mutationOptions({
      onSuccess: async () => {
        await after()
        toast({ words: `${name.trim()} is saved.` })
      },
    }),
  )
  const save = () => (segment ? change.mutate({ id: segment.id, rev: segment.rev, name, condition }) : create.mutate({ name, condition }))
  const error = create.error ?? change.error
  return (
    <div className="page">
      <TopBar
        crumbs={[
          <Link key="segments" to="/segments">
            Segments
          </Link>,
          segment?.name ?? 'New segment',
        ]}
      >
        {segment && mayEdit && (
          <Button
            look="danger-quiet"
            icon={<IconTrash {...icon} />}
            onClick={() => void askRemove(segment).then((gone) => (gone ? navigate({ to: '/segments' }) : undefined))}
          >
            Delete…
          </Button>
        )}
        {segment && (
          <ButtonLink look="quiet" to="/contacts" search={{ segment: segment.id }} icon={<IconUsers {...icon} />}>
            Show the people
          </ButtonLink>
        )}
        {mayEdit && (
          <Button
            look="primary"
            busy={create.isPending || change.isPending}
            disabled={!complete || name.trim() === '' || !changed}
            title={!complete ? 'Complete the condition first' : name.trim() === '' ? 'Write a name first' : undefined}
            onClick={save}
          >
            Save
          </Button>
        )}
      </TopBar>
      <div className="work">
        <div className="page-body segment-main">
          {error && <Callout tone="danger" title={problemWords(error)} />}
          {segment?.status === 'building' && (
            <ProgressBar
              label="Looking at everybody"
              done={segment.scan?.done ?? 0}
              total={segment.scan?.total ?? undefined}
              unit="people"
            />
          )}
          <TextInput
            label="Name"
            placeholder="Retired, agreed to mail"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            disabled={!mayEdit}
            className="segment-name"
          />
          <section aria-labelledby="who-is-in">
            <h2 id="who-is-in">Who is in it</h2>
            <ConditionBuilder value={condition} onChange={setCondition} catalog={catalog} place="segment" readOnly={!mayEdit} />
          </section>
          <Preview condition={condition} complete={complete} />
        </div>
        <Panel label="About the segment" width={300}>
          <Section title="How it works">
            <p className="muted prose">
              Whoever comes to match joins at once, whoever stops matching leaves. Flows that begin with it let people in as they join.
            </p>
          </Section>
          {segment && <UsedByList uses={segment.uses} />}
        </Panel>
      </div>
    </div>
  )
}
