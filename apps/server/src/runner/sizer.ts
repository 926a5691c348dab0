/** How many contacts a batch takes, so that it takes about `target` ms: learnt from the batches before. */
export interface Sizer {
  size(): number
  /** A batch of `done` contacts took `ms`; `cut`: there was no time for all. */
  took(ms: number, done: number, cut: boolean): void
  /** A batch of `n` could not be stored: half of it, so that the one at fault is found in a few tries. */
  shrink(n: number): void
}

export function createSizer({ target, largest }: { target: number; largest: number }): Sizer {
  let size = Math.min(200, largest)
  return {
    size: () => size,
    took(ms, done, cut) {
      if (cut) size = Math.max(1, done)
      else if (ms > target) size = Math.max(10, Math.floor((size * target) / ms))
      else if (done >= size / 2) size = Math.min(largest, size * 2)
    },
    shrink(n) {
      size = Math.max(1, Math.floor(n / 2))
    },
  }
}
