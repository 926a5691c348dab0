import type { Rate } from '@baton/engine'
import { sourceWords } from './words.ts'

/** Where a flow has one such step alone, what was measured of it is what holds everywhere. */
export const only = <T,>(nodes: readonly string[], at: Readonly<Record<string, T>>): T | undefined =>
  nodes.length === 1 ? at[nodes[0] ?? ''] : undefined

/** What is set for every step holds at each, whatever was measured of it. */
export const without = <T extends object>(at: Readonly<Record<string, T>>, key: string): Record<string, T> =>
  Object.fromEntries(Object.entries(at).map(([node, own]) => [node, { ...own, [key]: undefined }]))

/** Where the rate of a single step comes from. */
export const ownWords = (rate: Rate | undefined, otherwise: string): string => (rate ? sourceWords(rate) : otherwise)

/** A table of shares, with what they are of in front. */
export function RateTable({ heads, children }: { heads: readonly string[]; children: React.ReactNode }) {
  return (
    <table className="forecast-rates">
      <thead>
        <tr>
          <th scope="col">
            <span className="unseen">Of</span>
          </th>
          {heads.map((head) => (
            <th key={head} scope="col" className="num">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  )
}

/** A row of it: what, where its figures come from, and the figures. */
export function RateRow({
  name,
  about,
  children,
}: {
  name: string
  about: string
  children: React.ReactNode | readonly React.ReactNode[]
}) {
  const cells = Array.isArray(children) ? children : [children]
  return (
    <tr>
      <th scope="row">
        <span className="clip" title={name}>
          {name}
        </span>
        <span className="small muted clip" title={about}>
          {about}
        </span>
      </th>
      {cells.map((cell, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place in the row
        <td key={at}>{cell}</td>
      ))}
    </tr>
  )
}

/** Half of those who do it have done it after so long. */
export function MinutesRow({
  name,
  about,
  minutes,
  onChange,
}: {
  name: string
  about: string
  minutes: number
  onChange: (minutes: number) => void
}) {
  return (
    <RateRow name={name} about={about}>
      <input
        className="field-input num"
        type="number"
        min={0}
        max={525_600}
        step={1}
        aria-label={`${name}, minutes`}
        value={minutes}
        onChange={(event) => {
          const value = Number(event.currentTarget.value)
          if (Number.isFinite(value)) onChange(Math.min(525_600, Math.max(0, value)))
        }}
      />
    </RateRow>
  )
}
