import type { Page } from 'playwright-core'

/** By state and card: the mean colour of each tile, row by row: red, green and blue, one of 32 signs each. */
export type Mosaic = Readonly<Record<string, string>>

/** Tiles of one card, across and down; around the card is looked at too, where badges and halos are. */
const ACROSS = 12
const DOWN = 6
const AROUND = 16

/** A tile may be so far off in red, green or blue, of 31: edges are not smoothed alike everywhere. */
const NEAR = 1
/** So many of a card's tiles may be further off: the width of a number moves what stands beside it. */
const SOME = 3

interface Spot {
  key: string
  x: number
  y: number
  width: number
  height: number
}

/** Takes the picture of every card and every way on the page, without words. */
export async function mosaicOf(page: Page): Promise<Mosaic> {
  const style = await page.addStyleTag({
    content: `*, *::placeholder { -webkit-text-fill-color: transparent !important; transition: none !important; } svg text { fill: transparent !important; }`,
  })
  const spots: Spot[] = await page.evaluate(
    `[...document.querySelectorAll('.cards-page > section')].flatMap((state) =>
      [...state.querySelectorAll('.react-flow__node, .react-flow__edge')].map((it) => {
        const box = it.getBoundingClientRect()
        const key = state.getAttribute('aria-label') + ' / ' + it.dataset.id
        return { key, x: box.x + scrollX, y: box.y + scrollY, width: box.width, height: box.height }
      }),
    )`,
  )
  const picture = (await page.screenshot({ fullPage: true })).toString('base64')
  await style.evaluate((it) => it.parentNode?.removeChild(it))
  const tiles: string[] = await page.evaluate(
    `(async () => {
      const spots = ${JSON.stringify(spots)}
      const image = await createImageBitmap(await (await fetch('data:image/png;base64,${picture}')).blob())
      const whole = new OffscreenCanvas(image.width, image.height).getContext('2d', { willReadFrequently: true })
      whole.drawImage(image, 0, 0)
      return spots.map(({ x, y, width, height }) => {
        const [left, top] = [Math.round(x) - ${AROUND}, Math.round(y) - ${AROUND}]
        const [wide, high] = [Math.round(width) + ${2 * AROUND}, Math.round(height) + ${2 * AROUND}]
        const { data } = whole.getImageData(left, top, wide, high)
        let text = ''
        for (let row = 0; row < ${DOWN}; row++) {
          for (let column = 0; column < ${ACROSS}; column++) {
            const sum = [0, 0, 0]
            let count = 0
            for (let v = Math.floor((row * high) / ${DOWN}); v < Math.floor(((row + 1) * high) / ${DOWN}); v++) {
              for (let u = Math.floor((column * wide) / ${ACROSS}); u < Math.floor(((column + 1) * wide) / ${ACROSS}); u++) {
                const at = 4 * (v * wide + u)
                for (const i of [0, 1, 2]) sum[i] += data[at + i]
                count++
              }
            }
            for (const i of sum) text += Math.round((31 * i) / count / 255).toString(32)
          }
        }
        return text
      })
    })()`,
  )
  return Object.fromEntries(spots.map(({ key }, at) => [key, tiles[at] ?? '']))
}

/** Cards that look otherwise, are gone or are new, in words. */
export function differences(before: Mosaic, now: Mosaic): string[] {
  const gone = Object.keys(before).filter((key) => !(key in now))
  const changed = Object.entries(now).flatMap(([key, tiles]) => {
    const was = before[key]
    if (was === undefined) return [`${key}: is new`]
    if (was.length !== tiles.length) return [`${key}: was taken with other tiles`]
    let off = 0
    for (let at = 0; at < tiles.length; at += 3) {
      const far = [0, 1, 2].some(
        (i) => Math.abs(Number.parseInt(tiles[at + i] ?? '0', 32) - Number.parseInt(was[at + i] ?? '0', 32)) > NEAR,
      )
      if (far) off++
    }
    return off > SOME ? [`${key}: ${off} of ${tiles.length / 3} tiles look otherwise`] : []
  })
  return [...gone.map((key) => `${key}: is gone`), ...changed]
}
