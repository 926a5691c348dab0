/** How long the view may glide, in ms: not at all for those who asked their system for less motion; it jumps. */
export const glide = (ms: number): number => (matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : ms)
