import type { Bundle, BundleContact } from '@baton/engine/testing'

/** Looks at a smaller case: whether it still goes wrong. */
export type Fails = (bundles: readonly Bundle[]) => Promise<boolean>

/** All of them; each half; all but one, one after the other. */
const cuts = <T>(all: readonly T[]): (readonly T[])[] => {
  const half = Math.ceil(all.length / 2)
  const halves = all.length > 3 ? [all.slice(half), all.slice(0, half)] : []
  return [...halves, ...all.map((_, i) => all.filter((__, j) => j !== i))]
}

function* smaller(bundles: readonly Bundle[]): Generator<readonly Bundle[]> {
  if (bundles.length > 1) for (const fewer of cuts(bundles)) yield fewer
  for (const [i, bundle] of bundles.entries()) {
    const put = (it: Bundle) => bundles.map((old, j) => (i === j ? it : old))
    if (bundle.contacts.length > 1)
      for (const contacts of cuts(bundle.contacts)) if (contacts.length > 0) yield put({ ...bundle, contacts })
    for (const flows of cuts(bundle.flows)) yield put({ ...bundle, flows })
    for (const [n, contact] of bundle.contacts.entries()) {
      const with_ = (it: BundleContact) => put({ ...bundle, contacts: bundle.contacts.map((old, m) => (n === m ? it : old)) })
      for (const items of cuts(contact.items)) yield with_({ ...contact, items })
      for (const answers of cuts(contact.answers)) yield with_({ ...contact, answers })
      for (const events of cuts(contact.state.events)) yield with_({ ...contact, state: { ...contact.state, events } })
    }
  }
}

/**
 * A smaller case that still goes wrong: whatever can be left out is, one thing after another, as long as there are tries and time left.
 * @param suspects keys of contacts with which it was seen: tried first without everybody else
 */
export async function shrink(
  bundles: readonly Bundle[],
  suspects: ReadonlySet<string>,
  fails: Fails,
  tries = 60,
  patience = 120_000,
): Promise<readonly Bundle[]> {
  let left = tries
  const end = performance.now() + patience
  const still = async (it: readonly Bundle[]) => left-- > 0 && performance.now() < end && (await fails(it).catch(() => false))
  const concerned = bundles.filter((it) => it.contacts.some(({ state }) => suspects.has(state.person.key)))
  const first = concerned.slice(0, 1)
  let best = (await still(first)) ? first : (await still(concerned)) ? concerned : bundles
  for (let again = true; again && left > 0 && performance.now() < end; ) {
    again = false
    for (const candidate of smaller(best)) {
      if (left <= 0 || performance.now() >= end) break
      if (!(await still(candidate))) continue
      best = candidate
      again = true
      break
    }
  }
  return best
}
