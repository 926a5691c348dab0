import { useNetwork } from '@mantine/hooks'

/** Stands above the page while the line is down. Pages with unsaved work say more themselves. */
export function OfflineBar() {
  const { online } = useNetwork()
  if (online !== false) return null
  return (
    <div className="offline" role="status">
      <span className="dot faint" aria-hidden="true" />
      Offline. You can go on reading; what you see is renewed when the line is back.
    </div>
  )
}
