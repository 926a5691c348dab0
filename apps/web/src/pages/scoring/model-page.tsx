import './scoring.css'
import { IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../shell/api.ts'
import { useMay } from '../../shell/person.ts'
import { problemWords } from '../../shell/problem.ts'
import { TopBar } from '../../shell/top-bar.tsx'
import { Button } from '../../ui/button.tsx'
import { Callout } from '../../ui/callout.tsx'
import { confirm } from '../../ui/confirm.ts'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { Panel, Section } from '../../ui/panel.tsx'
import { toast } from '../../ui/toast.ts'
import { DimensionPart } from './dimension.tsx'
import { GradePart } from './grade-part.tsx'
import { type Dimension, type Draft, draftOf, freshDimension, isSound, issuesOf, type Page, same, sent } from './model.ts'
import { PreviewParts } from './preview.tsx'
import { PublishDialog } from './publish-dialog.tsx'
import { ScoringPass } from './scoring-pass.tsx'
import { ScoringTabs } from './scoring-tabs.tsx'

const EACH = 2000

/** Who gets points for what: rules by score, how points fade, the grade; tried on real people, and published in versions. */
export function ModelPage() {
  const page = useQuery(
    api.scores.model.queryOptions(undefined, { refetchInterval: (it) => (it.state.data?.scoring?.status === 'running' ? EACH : false) }),
  )
  if (page.error) return <FailedFrame what="The score model" error={page.error} onRetry={() => void page.refetch()} />
  if (!page.data) return <div className="page" aria-busy="true" />
  // Another revision of the draft is another text to work on; how far the pass has come is not.
  return <Editor key={`${page.data.inForce.version}/${page.data.draft?.rev ?? 0}`} page={page.data} />
}

function Editor({ page }: { page: Page }) {
  const mayEdit = useMay('admin', 'marketer')
  const queries = useQueryClient()
  const catalog = useQuery(api.flows.catalog.queryOptions())
  const [stored] = useState(() => draftOf(page))
  const [draft, setDraft] = useState<Draft>(stored)
  const [publishing, setPublishing] = useState(false)
  const dirty = !same(draft, stored)
  // A field that a rule asks for may have gone meanwhile: what is there is read anew with the model.
  const refresh = () =>
    Promise.all([queries.invalidateQueries(api.scores.model.pathFilter()), queries.invalidateQueries(api.flows.catalog.pathFilter())])
  const save = useMutation(api.scores.save.mutationOptions({ onSuccess: refresh }))
  const discard = useMutation(
    api.scores.discard.mutationOptions({ onSuccess: refresh, onError: (error) => toast({ words: problemWords(error), bad: true }) }),
  )
  const preview = useMutation(api.scores.preview.mutationOptions())
  if (!catalog.data) return <div className="page" aria-busy="true" />
  const issues = issuesOf(draft, catalog.data)
  const all = [...issues.values()].flat()
  const errors = all.filter((it) => it.severity === 'error')
  const sound = draft.dimensions.every(isSound)
  const around = { ...catalog.data, dimensions: draft.dimensions, grade: draft.grade }
  const set = (part: Partial<Draft>) => setDraft({ ...draft, ...part })
  const setDimension = (id: string, part: Partial<Dimension>) =>
    set({ dimensions: draft.dimensions.map((it) => (it.id === id ? { ...it, ...part } : it)) })
  const remove = (id: string) => {
    const before = draft
    set({ rules: draft.rules.filter((it) => it.id !== id) })
    toast({ words: 'The rule is taken away.', undo: () => setDraft(before) })
  }
  const throwAway = async () => {
    const kept = page.inForce.version === 0 ? 'Nothing was ever published.' : `Version ${page.inForce.version} stays in force.`
    if (!(await confirm({ title: 'Throw the draft away?', text: kept, deed: 'Throw away', danger: true }))) return
    if (page.draft) discard.mutate()
    else setDraft(stored)
  }
  const chip = page.inForce.version === 0 ? 'no version yet' : `version ${page.inForce.version}`
  return (
    <div className="page">
      <TopBar
        crumbs={['Scoring']}
        beside={
          <span className="chip">
            {chip}
            {(page.draft || dirty) && ', draft'}
          </span>
        }
        middle={<ScoringTabs />}
      >
        {mayEdit && (page.draft || dirty) && (
          <Button look="quiet" busy={discard.isPending} onClick={() => void throwAway()}>
            Discard…
          </Button>
        )}
        {mayEdit && (
          <Button
            busy={save.isPending}
            disabled={!dirty || !sound}
            title={sound ? undefined : 'Give every score a name first'}
            onClick={() => save.mutate({ rev: page.draft?.rev ?? 0, model: sent(draft) })}
          >
            Save draft
          </Button>
        )}
        {mayEdit && (
          <Button
            look="primary"
            disabled={dirty || !page.draft || errors.length > 0}
            title={dirty ? 'Save the draft first' : errors[0]?.say}
            onClick={() => setPublishing(true)}
          >
            Publish…
          </Button>
        )}
      </TopBar>
      <div className="work">
        <div className="page-body score-main">
          {!mayEdit && <Callout title="Only admins and marketers change the score model." />}
          {save.error && <Callout tone="danger" title={problemWords(save.error)} />}
          <ScoringPass scan={page.scoring} mayEdit={mayEdit} />
          {draft.dimensions.map((dimension) => (
            <DimensionPart
              key={dimension.id}
              dimension={dimension}
              rules={draft.rules.filter((it) => it.dimension === dimension.id)}
              all={draft.rules}
              catalog={around}
              issues={issues}
              readOnly={!mayEdit}
              onDimension={(part) => setDimension(dimension.id, part)}
              onRule={(rule) => set({ rules: draft.rules.map((it) => (it.id === rule.id ? rule : it)) })}
              onAdd={(rule) => set({ rules: [...draft.rules, rule] })}
              onRemove={(rule) => remove(rule.id)}
            />
          ))}
          {mayEdit && (
            <div>
              <Button
                look="quiet"
                icon={<IconPlus size={14} stroke={1.75} />}
                disabled={draft.dimensions.length >= 12}
                onClick={() => set({ dimensions: [...draft.dimensions, freshDimension(draft.dimensions)] })}
              >
                Score
              </Button>
            </div>
          )}
          <GradePart
            grade={draft.grade}
            dimensions={draft.dimensions}
            issues={issues.get('') ?? []}
            readOnly={!mayEdit}
            counts={preview.data?.grades}
            onChange={(grade) => set({ grade })}
          />
        </div>
        <Panel label="What the draft would mean" width={340}>
          {mayEdit && (
            <Section title="Try it on real people">
              <div className="score-try">
                <p className="small muted prose">
                  Works out what this draft would say of people who are there, before anything is changed.
                </p>
                <Button
                  busy={preview.isPending}
                  disabled={!sound || errors.length > 0}
                  title={errors[0]?.say}
                  onClick={() => preview.mutate({ model: sent(draft) })}
                >
                  {preview.data ? 'Look again' : 'Look'}
                </Button>
              </div>
              {preview.error && <Callout tone="danger" title={problemWords(preview.error)} />}
            </Section>
          )}
          {preview.data && <PreviewParts preview={preview.data} />}
        </Panel>
      </div>
      {publishing && page.draft && (
        <PublishDialog
          rev={page.draft.rev}
          version={page.inForce.version + 1}
          warnings={all.filter((it) => it.severity === 'warning')}
          preview={preview.data}
          onClose={() => setPublishing(false)}
        />
      )}
    </div>
  )
}
