const MINUTE = 60_000
/** Places for each doubling of a duration: each is 4.4 % longer than the one before, so a median is known to 2.2 %. */
const FINENESS = 16
/** Five years are 2.6 million minutes, a little more than 21 doublings. */
const PLACES = 22 * FINENESS

/** How long people stayed somewhere, counted in places that grow with the duration: little room, however many people. S-24. */
export class Durations {
  readonly #counts = new Uint32Array(PLACES)
  #all = 0

  add(ms: number): void {
    const minutes = ms / MINUTE
    const place = Math.min(PLACES - 1, Math.floor(Math.log2(minutes + 1) * FINENESS))
    this.#counts[place] = (this.#counts[place] ?? 0) + 1
    this.#all++
  }

  /** The middle one, in minutes; null where nobody has left. */
  median(): number | null {
    if (this.#all === 0) return null
    let below = 0
    for (const [place, count] of this.#counts.entries()) {
      below += count
      if (2 * below >= this.#all) return place === 0 ? 0 : 2 ** ((place + 0.5) / FINENESS) - 1
    }
    return null
  }
}
