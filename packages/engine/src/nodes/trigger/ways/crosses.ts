/** Up: it was below and no longer is. Down: it was not below and now is. In hundredths. E-157. */
export const crosses = (way: 'up' | 'down', threshold: number, before: number, after: number): boolean =>
  way === 'up' ? before < threshold && after >= threshold : before >= threshold && after < threshold
