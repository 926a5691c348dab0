import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api } from '../../shell/api.ts'
import { DateText } from '../../ui/date-text.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { fullNumber } from '../../ui/numbers.ts'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import type { Form } from './content.ts'

/** Who sent the form last, with what they wrote. */
export function FormAnswers({ form }: { form: Form }) {
  const recent = useQuery(api.forms.recent.queryOptions({ id: form.id }, { refetchInterval: 15_000 }))
  const { data: choices } = useQuery(api.forms.choices.queryOptions())
  const topicName = (id: string) => choices?.topics.find((it) => it.id === id)?.name ?? id
  if (recent.error) return <FailedFrame what="The answers" error={recent.error} onRetry={() => void recent.refetch()} />
  if (!recent.data) return <SkeletonRows rows={5} height={47} />
  if (recent.data.length === 0) {
    return <EmptyState title="Nobody has sent it yet.">Send it once yourself: open its link under Share.</EmptyState>
  }
  const keys = form.fields.map((it) => it.key).filter((key) => key !== 'email')
  return (
    <div className="form-answers">
      {form.answers > recent.data.length && (
        <p className="small muted">
          The newest {recent.data.length} of {fullNumber(form.answers)}
        </p>
      )}
      <ul>
        {recent.data.map((it) => (
          <li key={`${it.contactId} ${it.at}`}>
            <div className="row">
              <Link to="/contacts/$contactId" params={{ contactId: String(it.contactId) }} className="grow clip name">
                {it.who}
              </Link>
              <span className="small faint">
                <DateText at={it.at} />
              </span>
            </div>
            <p className="small muted">
              {[it.props.email, ...keys.map((key) => it.props[key])].filter((value) => value !== undefined).join(' · ')}
            </p>
            {Array.isArray(it.props.agreed) && it.props.agreed.length > 0 && (
              <p className="small muted">Ticked: {it.props.agreed.map(topicName).join(', ')}</p>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
