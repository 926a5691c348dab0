import './forms.css'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { api } from '../../shell/api.ts'
import { isFinal, problemWords } from '../../shell/problem.ts'
import { TopBar } from '../../shell/top-bar.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { FormEditor } from './form-editor.tsx'

const route = getRouteApi('/frame/forms/$formId')

/** One form: what it asks for, how it looks, where it stands, who sent it. */
export function FormPage() {
  const { formId } = route.useParams()
  const isNew = formId === 'new'
  const choices = useQuery(api.forms.choices.queryOptions())
  const form = useQuery(api.forms.get.queryOptions({ id: formId }, { enabled: !isNew }))
  if (choices.data && (isNew || form.data)) {
    return <FormEditor key={formId} choices={choices.data} form={isNew ? undefined : form.data} />
  }
  const error = form.error ?? choices.error
  return (
    <div className="page">
      <TopBar
        crumbs={[
          <Link key="forms" to="/forms">
            Forms
          </Link>,
          '…',
        ]}
      />
      {error &&
        (isFinal(error) ? (
          <EmptyState title="This form is not here" actions={<ButtonLink to="/forms">To the list</ButtonLink>}>
            {problemWords(error)}
          </EmptyState>
        ) : (
          <FailedFrame what="This form" error={error} onRetry={() => void Promise.all([form.refetch(), choices.refetch()])} />
        ))}
    </div>
  )
}
