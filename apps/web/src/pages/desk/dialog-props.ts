import type { Done } from './deeds.ts'
import type { Lead } from './queries.ts'

/** What every dialog of a deed is given. */
export type DeedDialogProps = {
  lead: Lead
  onClose: () => void
  onDone: (deed: Done) => Promise<void>
  /** @returns true where there is nothing to do here any more */
  onFailed: (error: unknown) => Promise<boolean>
}
