/** Two halves of a baton: marketing's in ink, sales' in magenta. */
export function Logo({ size = 22 }: { size?: number | undefined }) {
  return (
    <svg width={size} height={size} viewBox="0 0 22 22" aria-hidden="true">
      <g transform="rotate(-38 11 11)">
        <path d="M3.6 7.2H10.4V14.8H3.6A3.6 3.6 0 0 1 0 11.2v-.4A3.6 3.6 0 0 1 3.6 7.2Z" fill="var(--text)" />
        <path d="M11.6 7.2H18.4A3.6 3.6 0 0 1 22 10.8v.4A3.6 3.6 0 0 1 18.4 14.8H11.6Z" fill="var(--sales)" />
      </g>
    </svg>
  )
}
