import { z } from 'zod'
import { type Bundle, readBundle } from '../bundle/schema.ts'
import coldLeads from './data/cold-lead-wake-up.json' with { type: 'json' }
import content from './data/content-by-stage.json' with { type: 'json' }
import fair from './data/event-follow-up.json' with { type: 'json' }
import fastLane from './data/fast-lane.json' with { type: 'json' }
import recycling from './data/lead-recycling.json' with { type: 'json' }
import prices from './data/looked-at-prices.json' with { type: 'json' }
import quietDeals from './data/quiet-opportunity.json' with { type: 'json' }
import reengagement from './data/re-engagement.json' with { type: 'json' }
import referral from './data/referral.json' with { type: 'json' }
import renewal from './data/renewal.json' with { type: 'json' }
import trial from './data/trial-onboarding.json' with { type: 'json' }
import webinar from './data/webinar-follow-up.json' with { type: 'json' }

/** What a programme is for: by this the gallery is filtered. */
const PURPOSES = ['event', 'onboarding', 'nurture', 'wake-up', 'sales', 'customers'] as const
export type Purpose = (typeof PURPOSES)[number]

/**
 * A programme to begin with: one flow, with drafts of all it names, in the format in which flows travel between installations. To change one,
 * use it, draw, and save it with all it names: that file is its `bundle`. Its tests say which way made-up people go.
 */
export interface Programme {
  id: string
  name: string
  purpose: Purpose
  /** One sentence: when to use it. */
  when: string
  flow: Bundle['flows'][number]
  bundle: Bundle
}

/** The team of every programme. It is none of the workspace: whoever uses the programme chooses. */
export const CHOSEN_TEAM = 'team_choose'

const file = z.strictObject({ purpose: z.enum(PURPOSES), when: z.string().min(1).max(200), bundle: z.unknown() })

/** @throws Error with every fault: the files are part of the program */
function read(source: unknown): Programme {
  const { purpose, when, bundle } = file.parse(source)
  const found = readBundle(bundle)
  if ('error' in found) throw new Error(`A programme cannot be read. ${found.error.map((it) => `${it.path}: ${it.message}`).join(' ')}`)
  const [flow] = found.ok.flows
  if (!flow) throw new Error('A programme holds no flow.')
  return { id: flow.id, name: flow.name, purpose, when, flow, bundle: found.ok }
}

let all: readonly Programme[] | undefined

/** The gallery, in the order in which it is shown. Read when it is first asked for. */
export function programmes(): readonly Programme[] {
  all ??= [webinar, trial, fastLane, content, reengagement, fair, recycling, prices, renewal, referral, coldLeads, quietDeals].map(read)
  return all
}
