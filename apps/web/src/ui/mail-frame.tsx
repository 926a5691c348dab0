import './mail-frame.css'

/** Within the frame nothing runs, nothing is fetched but pictures by https, and no press leads anywhere. */
const POLICY = "default-src 'none'; img-src https: data:; style-src 'unsafe-inline'"
const GUARD = `<meta http-equiv="Content-Security-Policy" content="${POLICY}"><base target="_blank">`

/** The document with our policy as the first thing in its head. */
function guarded(html: string): string {
  const head = /<head[^>]*>/i.exec(html)
  if (!head) return GUARD + html
  const at = head.index + head[0].length
  return html.slice(0, at) + GUARD + html.slice(at)
}

type Props = {
  /** Names the frame for screen readers: "Preview". */
  label: string
  html: string
  /** Pixels; the whole width unless told. */
  width?: number | undefined
  /** Shown small and without reach, as a picture of itself. */
  thumbnail?: boolean | undefined
}

/** A mail as a mailbox shows it, in a frame that cannot do anything. */
export function MailFrame({ label, html, width, thumbnail = false }: Props) {
  const frame = (
    <iframe
      title={label}
      className="mail-frame"
      style={thumbnail ? undefined : { width }}
      sandbox=""
      referrerPolicy="no-referrer"
      srcDoc={guarded(html)}
      tabIndex={thumbnail ? -1 : undefined}
    />
  )
  return thumbnail ? (
    <span className="mail-thumb" aria-hidden="true">
      {frame}
    </span>
  ) : (
    frame
  )
}
