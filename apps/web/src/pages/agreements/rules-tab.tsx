import { type AgreementContent, agreementProblems, agreementSentence, lateFields, RETURNS, type Threshold } from '@baton/engine'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ConditionBuilder } from '../../condition/index.tsx'
import { api } from '../../shell/api.ts'
import { useMay } from '../../shell/person.ts'
import { problemWords } from '../../shell/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Callout } from '../../ui/callout.tsx'
import { NumberInput, Textarea, TextInput } from '../../ui/fields.tsx'
import { Panel } from '../../ui/panel.tsx'
import { toast } from '../../ui/toast.ts'
import { SentenceText } from '../contacts/sentence.tsx'
import { AgreementHead, type TabProps } from './head.tsx'
import { ReturnRow } from './return-row.tsx'
import { SidePanel } from './side-panel.tsx'

const listed = (names: readonly string[]) => names.map((it) => `“${it}”`).join(', ')

/** Who is a qualified lead, in rules and in words, and what happens to one that comes back. */
export function RulesTab({ agreement, catalog, middle }: TabProps) {
  const mayEdit = useMay('admin', 'marketer', 'sales_manager')
  const queries = useQueryClient()
  const last = agreement.versions.at(-1)
  const stored = last?.content
  const [edited, setEdited] = useState<AgreementContent | null>(null)
  const [name, setName] = useState(agreement.name)
  const content = edited ?? stored
  const save = useMutation(
    api.agreements.change.mutationOptions({
      onSuccess: async ({ version, voided }) => {
        await queries.invalidateQueries({ queryKey: api.agreements.pathKey() })
        await queries.invalidateQueries({ queryKey: api.flows.catalog.queryKey() })
        setEdited(null)
        const began = version !== last?.version
        const next = began ? `Version ${version} is a draft. Version ${agreement.deciding} decides until both sides sign it.` : 'Saved.'
        toast({ words: voided.length > 0 ? `Saved. It has to be signed again by ${voided.join(' and ')}.` : next })
      },
    }),
  )
  if (!content || !last) return null
  const changed = name !== agreement.name || (edited !== null && JSON.stringify(edited) !== JSON.stringify(stored))
  const set = (part: Partial<AgreementContent>) => setEdited({ ...content, ...part })
  const setThreshold = ({ dimension, atLeast }: { dimension: string; atLeast: number | null }) => {
    const others = content.thresholds.filter((it) => it.dimension !== dimension)
    const next: Threshold[] = atLeast === null ? others : [...others, { dimension, atLeast }]
    set({ thresholds: catalog.dimensions.flatMap(({ id }) => next.filter((it) => it.dimension === id)) })
  }
  const late = lateFields(content, catalog)
  return (
    <div className="page">
      <AgreementHead agreement={agreement} middle={middle}>
        {changed && (
          <Button
            look="quiet"
            onClick={() => {
              setEdited(null)
              setName(agreement.name)
            }}
          >
            Undo changes
          </Button>
        )}
        {mayEdit && (
          <Button
            look="primary"
            busy={save.isPending}
            disabled={!changed || name.trim() === ''}
            onClick={() => save.mutate({ id: agreement.id, rev: agreement.rev, name, content })}
          >
            {last.inForceAt !== null && edited !== null ? `Save as v${last.version + 1}` : 'Save'}
          </Button>
        )}
      </AgreementHead>
      <div className="work">
        <div className="page-body agreement-main">
          {save.error && <Callout tone="danger" title={problemWords(save.error)} />}
          {late.length > 0 && (
            <Callout tone="warn" title={`${listed(late)} ${late.length === 1 ? 'is' : 'are'} known only after the outcome.`}>
              Nobody has it yet who is to be chosen here. Ask for something that is known before.
            </Callout>
          )}
          <p className="agreement-sentence">
            <SentenceText sentence={agreementSentence(content, catalog)} />
          </p>
          <TextInput
            label="Name"
            value={name}
            maxLength={100}
            disabled={!mayEdit}
            className="agreement-name"
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <section aria-labelledby="fit">
            <h2 id="fit">Who they are</h2>
            <p className="small muted">Fit: what is known of the person and the company. Nothing here means anybody.</p>
            <ConditionBuilder value={content.fit} onChange={(fit) => set({ fit })} catalog={catalog} place="segment" readOnly={!mayEdit} />
          </section>
          <section aria-labelledby="engagement">
            <h2 id="engagement">What they did</h2>
            <p className="small muted">Engagement: visits, clicks, forms, and how long ago. Nothing here means anything.</p>
            <ConditionBuilder
              value={content.engagement}
              onChange={(engagement) => set({ engagement })}
              catalog={catalog}
              place="segment"
              readOnly={!mayEdit}
            />
          </section>
          <section aria-labelledby="thresholds">
            <h2 id="thresholds">Thresholds</h2>
            <p className="small muted">The least score of each kind. An empty one asks for none.</p>
            <div className="agreement-thresholds">
              {catalog.dimensions.map(({ id, name: dimension }) => (
                <NumberInput
                  key={id}
                  label={`${dimension} score, at least`}
                  value={content.thresholds.find((it) => it.dimension === id)?.atLeast ?? ''}
                  onChange={(value) => setThreshold({ dimension: id, atLeast: typeof value === 'number' ? value : null })}
                  decimalScale={2}
                  placeholder="none"
                  disabled={!mayEdit}
                />
              ))}
            </div>
          </section>
          <section aria-labelledby="returns">
            <h2 id="returns">When a lead comes back</h2>
            {RETURNS.map((by) => (
              <ReturnRow
                key={by}
                by={by}
                value={content.returns[by]}
                readOnly={!mayEdit}
                onChange={(value) => set({ returns: { ...content.returns, [by]: value } })}
              />
            ))}
          </section>
          <section aria-labelledby="words">
            <h2 id="words">In your own words</h2>
            <Textarea
              aria-label="In your own words"
              placeholder="What both sides mean by a lead that is ready, and what they promise each other."
              autosize
              minRows={3}
              maxLength={4000}
              disabled={!mayEdit}
              value={content.note}
              onChange={(event) => set({ note: event.currentTarget.value })}
            />
          </section>
          <section aria-labelledby="review">
            <h2 id="review">Review</h2>
            <TextInput
              type="date"
              label="Look at it again by"
              description="Both sides are told two weeks before, and on the day."
              className="agreement-date"
              disabled={!mayEdit}
              value={content.reviewOn ?? ''}
              onChange={(event) => set({ reviewOn: event.currentTarget.value === '' ? null : event.currentTarget.value })}
            />
          </section>
        </div>
        <Panel label="About the agreement" width={340}>
          <SidePanel
            agreement={agreement}
            version={last}
            unsaved={changed}
            problems={agreementProblems(content, catalog)}
            mayEdit={mayEdit}
          />
        </Panel>
      </div>
    </div>
  )
}
