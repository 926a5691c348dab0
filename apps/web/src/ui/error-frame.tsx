import './states.css'
import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import { Component, type ReactNode } from 'react'
import { Button } from './button.tsx'

type ShownProps = { what: string; error: unknown; onRetry?: (() => void) | undefined }

/** One part of a page that could not be loaded, in its own frame: the page stands. `what` begins the sentence: "This chart". */
export function FailedFrame({ what, error, onRetry }: ShownProps) {
  return (
    <div className="frame-error" role="alert">
      <span>{what} could not be loaded.</span>
      {onRetry && (
        <Button size="small" onClick={onRetry}>
          Try again
        </Button>
      )}
      <details>
        <summary>Details</summary>
        {error instanceof Error ? error.message : String(error)}
      </details>
    </div>
  )
}

type BoundaryProps = { what: string; children: ReactNode; onReset: () => void }

class Boundary extends Component<BoundaryProps, { error: unknown }> {
  override state = { error: undefined }

  static getDerivedStateFromError(error: unknown) {
    return { error: error ?? new Error('unknown') }
  }

  override render() {
    if (this.state.error === undefined) return this.props.children
    return (
      <FailedFrame
        what={this.props.what}
        error={this.state.error}
        onRetry={() => {
          this.props.onReset()
          this.setState({ error: undefined })
        }}
      />
    )
  }
}

/** Catches what its children throw while drawing or (with suspending queries) loading. */
export function ErrorFrame({ what, children }: { what: string; children: ReactNode }) {
  const { reset } = useQueryErrorResetBoundary()
  return (
    <Boundary what={what} onReset={reset}>
      {children}
    </Boundary>
  )
}
