import type { Reads } from './compiled.ts'
import { isResolvedGroup, type ResolvedGroup, type ResolvedRule } from './resolved.ts'

/** What a condition reads: what to load for it, and what makes it worth asking again. */
export function readsOf(root: ResolvedGroup): Reads {
  const fields = new Set<string>()
  const events = new Map<string, number>()
  const segments = new Set<string>()
  const dimensions = new Set<string>()
  const related = new Set<string>()
  const flows = new Set<string>()
  const ways = new Set<string>()
  const flags = { stage: false, owner: false, consent: false }

  const visit = (it: ResolvedRule | ResolvedGroup): void => {
    if (isResolvedGroup(it)) {
      it.rules.forEach(visit)
      return
    }
    const { subject } = it
    switch (subject.kind) {
      case 'field':
        fields.add(subject.key)
        return
      case 'score':
        dimensions.add(subject.dimension)
        return
      case 'segment':
        segments.add(subject.segmentId)
        return
      case 'event': {
        const days = subject.window.kind === 'days' ? subject.window.days : Number.POSITIVE_INFINITY
        events.set(subject.type, Math.max(days, events.get(subject.type) ?? 0))
        return
      }
      case 'related':
        related.add(subject.of)
        return
      case 'passage':
        flows.add(subject.flowId)
        return
      case 'journey':
        if (subject.port !== null) ways.add(`${subject.node}/${subject.port}`)
        return
      case 'mailable':
        // What stops mail to an address is told together with consent.
        flags.consent = true
        return
      case 'carried':
      case 'today':
      case 'weekday':
        return
      case 'stage':
      case 'owner':
      case 'consent':
        flags[subject.kind] = true
        return
    }
  }
  visit(root)
  return { fields, events, segments, dimensions, related, flows, ways, ...flags }
}
