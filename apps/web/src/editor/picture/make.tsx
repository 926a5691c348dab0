import fontUrl from 'inter-ui/variable-latin/InterVariable-subset.woff2?url'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { type Drawn, FlowDrawing } from '../../drawing/flow-drawing.tsx'
import { readTokens } from '../../theme/read-tokens.ts'
import css from '../../theme/tokens.css?raw'

export type PictureTheme = 'light' | 'dark'

/** A picture as text, with its size in px. */
export interface Picture {
  svg: string
  width: number
  height: number
}

const tokens = readTokens(css)
const FACE = '"Inter Variable"'
/** A browser draws no larger canvas. */
const LARGEST = 16_384
/** And none with more pixels than this. */
const MOST_PIXELS = 200_000_000

async function base64(url: string): Promise<string> {
  const answer = await fetch(url)
  if (!answer.ok) throw new Error('The font of the picture could not be loaded. Try again.')
  const bytes = new Uint8Array(await answer.arrayBuffer())
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return btoa(text)
}

let face: Promise<string> | undefined

/** The letters of the cards as a rule that a file can carry: it looks the same where Inter is not installed. */
function fontRule(): Promise<string> {
  face ??= base64(fontUrl).then(
    (data) => `@font-face{font-family:${FACE};font-weight:100 900;src:url(data:font/woff2;base64,${data}) format("woff2")}`,
  )
  face.catch(() => {
    face = undefined
  })
  return face
}

/** Draws a flow as an SVG that stands alone: colours as values, the font inside. */
export async function drawPicture(
  drawn: Drawn & { title: string },
  { theme, ground }: { theme: PictureTheme; ground: boolean },
): Promise<Picture> {
  const colours = tokens[theme]
  const paint = (token: string) => colours[token] ?? '#888888'
  // Cards are broken into lines by the width of letters, so the letters have to be there.
  await Promise.all([document.fonts.load(`400 13px ${FACE}`), document.fonts.load(`550 13px ${FACE}`)])
  const rule = await fontRule()
  const place = document.createElement('div')
  const root = createRoot(place)
  flushSync(() =>
    root.render(<FlowDrawing {...drawn} paint={paint} margin={40} natural {...(ground ? { ground: paint('canvas') } : {})} />),
  )
  const svg = place.querySelector('svg')
  if (!svg) throw new Error('The picture could not be drawn.')
  const style = document.createElementNS('http://www.w3.org/2000/svg', 'style')
  style.textContent = rule
  svg.prepend(style)
  const width = svg.width.baseVal.value
  const height = svg.height.baseVal.value
  const text = new XMLSerializer().serializeToString(svg)
  root.unmount()
  return { svg: text, width, height }
}

/** How much larger a picture can become at most, so that a browser still draws it. */
const fitting = ({ width, height }: Picture, wanted: number) =>
  Math.min(wanted, LARGEST / Math.max(width, height), Math.sqrt(MOST_PIXELS / (width * height)))

/** The same in pixels, `scale` times as many as on the canvas; less where a browser could not draw it. */
export async function toPng(picture: Picture, scale: number): Promise<Blob> {
  const factor = fitting(picture, scale)
  const image = new Image()
  const url = URL.createObjectURL(new Blob([picture.svg], { type: 'image/svg+xml' }))
  try {
    image.src = url
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(picture.width * factor)
    canvas.height = Math.round(picture.height * factor)
    const pen = canvas.getContext('2d')
    if (!pen) throw new Error('This browser does not draw pictures. Save it as SVG instead.')
    pen.drawImage(image, 0, 0, canvas.width, canvas.height)
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'))
    if (!blob) throw new Error('The picture is too large for this browser. Save it as SVG, or only the selected steps.')
    return blob
  } finally {
    URL.revokeObjectURL(url)
  }
}
