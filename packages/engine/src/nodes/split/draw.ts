import { pickShare } from '@baton/leads'

/** The way a throw of the dice falls on, by the shares in the order of the ways; null where no way has a share. E-185. */
export function drawWay(ways: readonly { id: string; weight: number }[], dice: number): string | null {
  if (!ways.some((it) => it.weight > 0)) return null
  return (
    ways[
      pickShare(
        ways.map((it) => it.weight),
        dice,
      )
    ]?.id ?? null
  )
}

/** Do the shares make a whole? Counted in hundredths of a per cent, so that 33.33 + 33.33 + 33.34 do. */
export const isWhole = (weights: readonly number[]): boolean => weights.reduce((sum, it) => sum + Math.round(it * 100), 0) === 10_000
