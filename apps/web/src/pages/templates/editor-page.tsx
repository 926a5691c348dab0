import './templates.css'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { api } from '../../shell/api.ts'
import { TopBar } from '../../shell/top-bar.tsx'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { SkeletonText } from '../../ui/skeleton.tsx'
import { Editor } from './editor.tsx'

/** One message, to write or to read. */
export function MessagePage() {
  const { templateId = '' } = useParams({ strict: false })
  // What is being written must not be replaced under the author's hands: it is read once.
  const message = useQuery(api.templates.get.queryOptions({ id: templateId }, { staleTime: Number.POSITIVE_INFINITY, gcTime: 0 }))
  if (message.data) return <Editor key={message.data.id} message={message.data} />
  return (
    <div className="page">
      <TopBar
        crumbs={[
          <Link key="all" to="/templates">
            Messages
          </Link>,
          '…',
        ]}
      />
      <div className="page-body" style={{ padding: 20 }}>
        {message.error ? (
          <FailedFrame what="The message" error={message.error} onRetry={() => void message.refetch()} />
        ) : (
          <SkeletonText lines={10} />
        )}
      </div>
    </div>
  )
}
