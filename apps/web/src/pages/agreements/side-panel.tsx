import { IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { api, client } from '../../shell/api.ts'
import { problemWords } from '../../shell/problem.ts'
import { unused } from '../../shell/used.ts'
import { Button } from '../../ui/button.tsx'
import { Callout } from '../../ui/callout.tsx'
import { confirm } from '../../ui/confirm.ts'
import { Section } from '../../ui/panel.tsx'
import { toast } from '../../ui/toast.ts'
import { UsedByList } from '../segments/used-by-list.tsx'
import { Changes } from './changes.tsx'
import { Signatures } from './signatures.tsx'
import { type Agreement, dateOnly, reviewWords, type Version } from './words.ts'

type Props = { agreement: Agreement; version: Version; unsaved: boolean; problems: readonly string[]; mayEdit: boolean }

/** Where the newest version stands: what keeps it from being signed, who signed it, what it changes, who uses the agreement. */
export function SidePanel({ agreement, version, unsaved, problems, mayEdit }: Props) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const over = agreement.draft !== null && agreement.deciding !== version.version ? agreement.deciding : null
  const discard = useMutation(
    api.agreements.discard.mutationOptions({
      onError: (error) => toast({ words: problemWords(error), bad: true }),
      onSuccess: () => queries.invalidateQueries({ queryKey: api.agreements.pathKey() }),
    }),
  )
  const throwAway = async () => {
    const title = `Throw away the draft v${version.version}?`
    if (await confirm({ title, text: `Version ${over} goes on as it is.`, deed: 'Throw away', danger: true }))
      discard.mutate({ id: agreement.id, rev: agreement.rev })
  }
  const remove = async () => {
    const { id, name } = agreement
    try {
      if (!(await unused({ kind: 'agreement', id, name }))) return
      const text = 'No flow or segment uses it. Leads that were handed over by it stay as they are.'
      if (!(await confirm({ title: `Delete the agreement ${name}?`, text, deed: 'Delete', danger: true }))) return
      await client.agreements.remove.mutate({ id })
      toast({ words: `${name} is deleted.` })
      await navigate({ to: '/agreements' })
      await queries.invalidateQueries({ queryKey: api.agreements.pathKey() })
    } catch (error) {
      toast({ words: problemWords(error), bad: true })
    }
  }
  const closed = unsaved ? 'Save first: what is signed is what is stored.' : (problems[0] ?? null)
  const { reviewOn } = version.content
  const review = reviewOn === null ? null : reviewWords(reviewOn, agreement.today)
  return (
    <>
      <Section title={version.inForceAt === null ? `Version ${version.version}, a draft` : `Version ${version.version}, in force`}>
        {problems.map((say) => (
          <Callout key={say} tone="warn" title={say} />
        ))}
        {unsaved && version.inForceAt === null && version.signatures.some((it) => it.endedAt === null) && (
          <Callout tone="warn" title="Saving this voids the signature under it." />
        )}
        <Signatures agreementId={agreement.id} version={version} closed={closed} />
        <p className="small muted">
          Two different people sign, each the exact text. Any change asks for both names anew.
          {over !== null && ` Version ${over} decides until then.`}
        </p>
        {over !== null && mayEdit && (
          <Button size="small" look="danger-quiet" busy={discard.isPending} onClick={() => void throwAway()}>
            Throw the draft away…
          </Button>
        )}
      </Section>
      {over !== null && (
        <Section title={`Against version ${over}`}>
          <Compared agreementId={agreement.id} from={over} to={version.version} />
        </Section>
      )}
      {review && reviewOn && (
        <Section title="Review" right={<span className={review.tone === 'plain' ? undefined : review.tone}>{review.words}</span>}>
          <p className="muted">{dateOnly(reviewOn)}</p>
        </Section>
      )}
      <UsedByList uses={agreement.uses} />
      {mayEdit && (
        <Section>
          <Button look="danger-quiet" size="small" icon={<IconTrash size={14} stroke={1.75} />} onClick={() => void remove()}>
            Delete the agreement…
          </Button>
        </Section>
      )}
    </>
  )
}

/** What differs between two versions as they are stored. */
function Compared({ agreementId, from, to }: { agreementId: string; from: number; to: number }) {
  const found = useQuery(api.agreements.compare.queryOptions({ id: agreementId, from, to }))
  return found.data ? <Changes changes={found.data} /> : null
}
