import { IconCheck, IconWritingSign } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../shell/api.ts'
import { useMay, usePerson } from '../../shell/person.ts'
import { problemWords } from '../../shell/problem.ts'
import { Button } from '../../ui/button.tsx'
import { confirm } from '../../ui/confirm.ts'
import { DateText } from '../../ui/date-text.tsx'
import { Avatar } from '../../ui/marks.tsx'
import { toast } from '../../ui/toast.ts'
import type { Side, Version } from './words.ts'

const WHO: Readonly<Record<Side, { head: string; by: string }>> = {
  marketing: { head: 'Marketing', by: 'A marketer signs here.' },
  sales: { head: 'Sales', by: 'A sales manager signs here.' },
}

type Props = { agreementId: string; version: Version /** Why nobody can sign now; null: it can be signed. */; closed: string | null }

/** Both sides' names under one version, or the place for them. */
export function Signatures(props: Props) {
  return (
    <div className="agreement-sides">
      <SideBox side="marketing" {...props} />
      <SideBox side="sales" {...props} />
    </div>
  )
}

function SideBox({ side, agreementId, version, closed }: Props & { side: Side }) {
  const queries = useQueryClient()
  const me = usePerson()
  const forMarketing = useMay('admin', 'marketer')
  const forSales = useMay('admin', 'sales_manager')
  const isAdmin = useMay('admin')
  const after = () => queries.invalidateQueries({ queryKey: api.agreements.pathKey() })
  const onError = (error: unknown) => {
    toast({ words: problemWords(error), bad: true })
    void after()
  }
  const sign = useMutation(
    api.agreements.sign.mutationOptions({
      onError,
      onSuccess: async ({ inForce }) => {
        await after()
        await queries.invalidateQueries({ queryKey: api.flows.catalog.queryKey() })
        toast({ words: inForce ? `Version ${version.version} is in force from now on.` : 'Signed. The other side signs next.' })
      },
    }),
  )
  const withdraw = useMutation(api.agreements.withdraw.mutationOptions({ onError, onSuccess: () => after() }))
  const names = version.signatures.filter((it) => it.endedAt === null && it.hash === version.hash)
  const own = names.find((it) => it.side === side)
  const may = side === 'marketing' ? forMarketing : forSales
  const signedOther = names.some((it) => it.side !== side && it.userId === me.id)
  const { head, by } = WHO[side]
  const takeBack = async ({ id, userName }: { id: string; userName: string }) => {
    const text =
      version.inForceAt === null
        ? 'The draft is not signed for this side any more.'
        : 'The version goes on deciding, since leads were handed over by it, but flows that use it warn that it is not signed.'
    if (await confirm({ title: `Take back the signature of ${userName}?`, text, deed: 'Take back', danger: true }))
      withdraw.mutate({ id: agreementId, signatureId: id })
  }
  if (own)
    return (
      <div className="agreement-side signed">
        <IconCheck size={14} stroke={2} className="ok" aria-hidden="true" />
        <div className="grow">
          <strong>{head}</strong>
          <p className="small">
            <Avatar name={own.userName} size="s" quiet />
            <span className="clip">{own.userName}</span>
          </p>
          <p className="small muted">
            <DateText at={own.at} style="full" />
          </p>
        </div>
        {(own.userId === me.id || isAdmin) && (
          <Button size="small" look="quiet" busy={withdraw.isPending} onClick={() => void takeBack(own)}>
            Take back…
          </Button>
        )}
      </div>
    )
  return (
    <div className="agreement-side">
      <div className="grow">
        <strong>{head}</strong>
        <p className="small muted">{may && signedOther ? 'You signed for the other side. Somebody else signs here.' : by}</p>
      </div>
      {may && !signedOther && (
        <Button
          size="small"
          icon={<IconWritingSign size={14} stroke={1.75} />}
          busy={sign.isPending}
          disabled={closed !== null}
          title={closed ?? undefined}
          onClick={() => sign.mutate({ id: agreementId, version: version.version, hash: version.hash, side })}
        >
          Sign v{version.version}
        </Button>
      )}
    </div>
  )
}
