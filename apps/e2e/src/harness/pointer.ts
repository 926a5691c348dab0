import type { Locator, Page } from 'playwright-core'

export interface Spot {
  x: number
  y: number
}

/** Where something is drawn. @throws Error when it is not */
export async function boxOf(it: Locator) {
  await it.waitFor()
  const box = await it.boundingBox()
  if (!box) throw new Error('It is not drawn')
  return box
}

/** The middle of what is drawn. */
export async function middleOf(it: Locator): Promise<Spot> {
  const { x, y, width, height } = await boxOf(it)
  return { x: x + width / 2, y: y + height / 2 }
}

/** Presses at one place and goes to another, and does not let go. */
export async function pull(page: Page, from: Spot, to: Spot): Promise<void> {
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(from.x + 5, from.y + 5, { steps: 2 })
  await page.mouse.move(to.x, to.y, { steps: 8 })
}

/** Presses at one place, goes to another, and lets go. */
export async function drag(page: Page, from: Spot, to: Spot): Promise<void> {
  await pull(page, from, to)
  await page.mouse.up()
}

/** Waits until the canvas has come to rest: a place read while it glides is elsewhere when the mouse gets there. */
export async function atRest(page: Page): Promise<void> {
  await page.locator('.react-flow__viewport').evaluate(async (it) => {
    if (!(it instanceof HTMLElement)) throw new Error('There is no canvas')
    for (let still = 0, was = ''; still < 10; ) {
      await new Promise(requestAnimationFrame)
      still = it.style.transform === was ? still + 1 : 0
      was = it.style.transform
    }
  })
}

/** Brings the whole flow into view. */
export async function fitAll(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Fit', exact: true }).click()
  await atRest(page)
}

/** The way between two steps by their ids. */
export const wayOf = (page: Page, from: string, to: string): Locator =>
  page.locator(`.react-flow__edge[aria-label="Edge from ${from} to ${to}"]`)

/** A place on a way, so far along it: 0 is its beginning, 1 its end. */
export const onWay = (way: Locator, part = 0.5): Promise<Spot> =>
  way.locator('.stroke').evaluate((it, part) => {
    if (!(it instanceof SVGPathElement)) throw new Error('This is no way')
    const at = it.getPointAtLength(it.getTotalLength() * part).matrixTransform(it.getScreenCTM() ?? undefined)
    return { x: at.x, y: at.y }
  }, part)
