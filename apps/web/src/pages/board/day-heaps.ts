const QUARTER = 900_000

/** More than so many at one time do not stand on each other as dots any more. */
const MOST_DOTS = 5

/** How each deadline stands, in the order in which a column is built from its foot. */
const ORDER = ['late', 'met', 'ahead', 'none'] as const

type How = (typeof ORDER)[number]

/** Deadlines of one quarter of an hour. */
export interface Heap<It> {
  from: number
  /** The middle of the quarter, where its dots or its column stand. */
  at: number
  to: number
  items: It[]
  parts: { how: How; n: number }[]
}

/** The deadlines of a day by quarter of an hour, and whether they are too many at one time to be dots. */
export function heapsOf<It extends { deadline: number; how: How }>(
  items: readonly It[],
): { heaps: Heap<It>[]; most: number; columns: boolean } {
  const bySlot = new Map<number, It[]>()
  for (const item of items) {
    const slot = Math.floor(item.deadline / QUARTER)
    const heap = bySlot.get(slot)
    if (heap) heap.push(item)
    else bySlot.set(slot, [item])
  }
  const heaps = [...bySlot]
    .sort(([a], [b]) => a - b)
    .map(([slot, own]) => {
      const from = slot * QUARTER
      const parts = ORDER.flatMap((how) => {
        const n = own.filter((it) => it.how === how).length
        return n === 0 ? [] : [{ how, n }]
      })
      return { from, at: from + QUARTER / 2, to: from + QUARTER, items: own, parts }
    })
  const most = Math.max(0, ...heaps.map((it) => it.items.length))
  return { heaps, most, columns: most > MOST_DOTS }
}
