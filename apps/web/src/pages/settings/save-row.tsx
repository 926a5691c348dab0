import { Button } from '../../ui/button.tsx'

/** Saves what was changed on a page of settings, or drops it. */
export const SaveRow = ({ dirty, busy, onDiscard }: { dirty: boolean; busy: boolean; onDiscard: () => void }) => (
  <div className="row">
    <Button type="submit" look="primary" size="big" disabled={!dirty} busy={busy}>
      Save
    </Button>
    {dirty && (
      <Button look="quiet" size="big" onClick={onDiscard}>
        Discard
      </Button>
    )}
  </div>
)
