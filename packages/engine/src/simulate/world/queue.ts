/** Who is next: pairs of a time and a place, the earliest first, then the lower place. A binary heap in two flat arrays. */
export class Queue {
  readonly #at: number[] = []
  readonly #place: number[] = []

  /** The earliest time; Infinity where nobody waits. */
  get next(): number {
    return this.#at[0] ?? Number.POSITIVE_INFINITY
  }

  /** Whose turn it is then; -1 where nobody waits. */
  get first(): number {
    return this.#place[0] ?? -1
  }

  push(at: number, place: number): void {
    let i = this.#at.length
    this.#at.push(at)
    this.#place.push(place)
    while (i > 0) {
      const parent = (i - 1) >> 1
      if (!this.#before(i, parent)) return
      this.#swap(i, parent)
      i = parent
    }
  }

  /** Takes the first out. @returns its place; undefined where nobody waits */
  pop(): number | undefined {
    const place = this.#place[0]
    const at = this.#at.pop()
    const last = this.#place.pop()
    if (place === undefined || at === undefined || last === undefined || this.#at.length === 0) return place
    this.#at[0] = at
    this.#place[0] = last
    for (let i = 0; ; ) {
      const left = 2 * i + 1
      const right = left + 1
      let least = i
      if (left < this.#at.length && this.#before(left, least)) least = left
      if (right < this.#at.length && this.#before(right, least)) least = right
      if (least === i) return place
      this.#swap(i, least)
      i = least
    }
  }

  #before(a: number, b: number): boolean {
    const [one, two] = [this.#at[a] ?? 0, this.#at[b] ?? 0]
    return one < two || (one === two && (this.#place[a] ?? 0) < (this.#place[b] ?? 0))
  }

  #swap(a: number, b: number): void {
    const [at, place] = [this.#at[a] ?? 0, this.#place[a] ?? 0]
    this.#at[a] = this.#at[b] ?? 0
    this.#place[a] = this.#place[b] ?? 0
    this.#at[b] = at
    this.#place[b] = place
  }
}
