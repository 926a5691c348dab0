import {
  IconCalendarPlus,
  IconCheck,
  IconDots,
  IconMail,
  IconPhone,
  IconRotateClockwise,
  IconTargetArrow,
  IconTrophy,
  type TablerIcon,
} from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../shell/api.ts'
import { useKeys } from '../../shell/keys.ts'
import { problemWords } from '../../shell/problem.ts'
import { Button, type ButtonProps } from '../../ui/button.tsx'
import { toast } from '../../ui/toast.ts'
import { CallDialog } from './call-dialog.tsx'
import { DealDialog } from './deal-dialog.tsx'
import { type Deed, deedsOf, KEYS } from './deeds.ts'
import { GiveBackDialog } from './give-back-dialog.tsx'
import { LostDialog } from './lost-dialog.tsx'
import { MeetingDialog } from './meeting-dialog.tsx'
import type { Lead } from './queries.ts'
import { RejectDialog } from './reject-dialog.tsx'
import { useDeed } from './use-deed.ts'
import { WonDialog } from './won-dialog.tsx'
import { WriteDialog } from './write-dialog.tsx'

const WORDS: Readonly<Record<Deed, string>> = {
  accept: 'Accept',
  reject: 'Reject…',
  call: 'Log a call',
  write: 'Write',
  meeting: 'Book a meeting',
  convert: 'Make an opportunity',
  deal: 'Change the deal',
  won: 'Won',
  lost: 'Lost…',
  'give-back': 'Give back…',
}

const ICONS: Partial<Readonly<Record<Deed, TablerIcon>>> = {
  accept: IconCheck,
  call: IconPhone,
  write: IconMail,
  meeting: IconCalendarPlus,
  convert: IconTargetArrow,
  deal: IconTargetArrow,
  won: IconTrophy,
  'give-back': IconRotateClockwise,
}

const LOSES: ReadonlySet<Deed> = new Set(['reject', 'lost'])
/** So many lie under the thumb where there is no room for all. */
const UNFOLDED = 3
const QUIET: ReadonlySet<Deed> = new Set(['reject', 'lost', 'give-back'])

/** Everything that can be done with the lead now, by press and by key. Of two who act at once the slower one is told. */
export function Actions({ lead }: { lead: Lead }) {
  const { done, failed } = useDeed(lead)
  const [open, setOpen] = useState<Deed | null>(null)
  const [more, setMore] = useState(false)
  const accept = useMutation(
    api.desk.accept.mutationOptions({
      onSuccess: () => done({ kind: 'accept' }),
      onError: async (error) => {
        if (!(await failed(error))) toast({ words: problemWords(error), bad: true })
      },
    }),
  )
  const deeds = deedsOf(lead)
  const start = (deed: Deed) => {
    setMore(false)
    if (deed !== 'accept') setOpen(deed)
    else if (!accept.isPending) accept.mutate({ id: lead.id, rev: lead.rev })
  }
  useKeys(deeds.map((deed) => [KEYS[deed], () => open === null && start(deed)] as const))
  const button = (deed: Deed, at: number, rest: Partial<ButtonProps> = {}) => {
    const Icon = ICONS[deed]
    const look = at === 0 ? 'primary' : LOSES.has(deed) ? 'danger-quiet' : QUIET.has(deed) ? 'quiet' : 'default'
    return (
      <Button
        key={deed}
        size="big"
        look={look}
        keys={KEYS[deed]}
        busy={deed === 'accept' && accept.isPending}
        icon={Icon && <Icon size={14} stroke={1.75} aria-hidden="true" />}
        onClick={() => start(deed)}
        {...rest}
      >
        {WORDS[deed]}
      </Button>
    )
  }
  const loud = deeds.filter((deed) => !QUIET.has(deed))
  const quiet = deeds.filter((deed) => QUIET.has(deed))
  const dialog = { lead, onClose: () => setOpen(null), onDone: done, onFailed: failed }
  return (
    <>
      {loud.map((deed, at) => button(deed, at, at < UNFOLDED || more ? {} : { className: 'folded' }))}
      <span className="grow only-wide" />
      {quiet.map((deed) => button(deed, 1, more ? {} : { className: 'folded' }))}
      {quiet.length > 0 && (
        <Button
          className="only-narrow"
          size="big"
          look="quiet"
          aria-expanded={more}
          aria-label={more ? 'Fewer actions' : 'More actions'}
          icon={<IconDots size={16} stroke={1.75} aria-hidden="true" />}
          onClick={() => setMore(!more)}
        />
      )}
      {open === 'reject' && <RejectDialog {...dialog} />}
      {open === 'call' && <CallDialog {...dialog} />}
      {open === 'meeting' && <MeetingDialog {...dialog} />}
      {open === 'write' && <WriteDialog {...dialog} />}
      {(open === 'convert' || open === 'deal') && <DealDialog {...dialog} />}
      {open === 'won' && <WonDialog {...dialog} />}
      {open === 'lost' && <LostDialog {...dialog} />}
      {open === 'give-back' && <GiveBackDialog {...dialog} />}
    </>
  )
}
