export const BUCKETS = 1024
/** Odd, so that every bucket comes once; far from any power of two, so that neighbours do not come together. */
const STRIDE = 389

/** The buckets from the n-th to before the m-th of a sample that grows: uniform, since contacts are spread over buckets by a hash. */
export const sampleOf = (from: number, next: number): number[] =>
  Array.from({ length: next - from }, (_, i) => ((from + i) * STRIDE) % BUCKETS)

/** Runs `work` over buckets in portions that get as large as the time left allows. @returns how many were done */
export async function inTime(budget: number, most: number, work: (from: number, to: number) => Promise<void>): Promise<number> {
  const start = performance.now()
  let done = 0
  let portion = 1
  while (done < most) {
    const next = Math.min(most, done + portion)
    await work(done, next)
    done = next
    const spent = performance.now() - start
    // A quarter is kept back: the next portion may be slower than the ones before.
    const left = (budget - spent) * 0.75
    portion = Math.floor(left / (spent / done))
    if (portion < 1) break
    portion = Math.min(portion, done * 8)
  }
  return done
}
