import type { Browser, Page } from 'playwright-core'
import { launchChromium, PageWork } from '../browser/chromium.ts'
import { type DevPages, devPages } from '../browser/dev-pages.ts'
import { type Figure, figure, median } from '../figures.ts'
import { type Findings, type How, sizesOf } from '../findings.ts'

const PAIRS = 9
/** Frames of one gesture that are measured, and those before, in which code is compiled. */
const FRAMES = 60
const WARM = 15
const VIEW = { width: 1280, height: 800 }

type Which = 'ours' | 'bare'
const BOTH: readonly Which[] = ['ours', 'bare']

/** Milliseconds of script, style and layout; of gestures, a frame. */
interface Cost {
  open: number
  drag: number
  pan: number
  panWhole: number
}

/** What is asked for, of all figures of that many steps; none for others. */
const GOALS: Readonly<Record<number, { goal: number; next: number; open: boolean }>> = {
  1000: { goal: 1.5, next: 1.2, open: true },
  3000: { goal: 2, next: 1.2, open: false },
}

/**
 * The canvas with real cards against the bare library with as many plain nodes of the same size at the same places, which also draws only
 * what is in view: opening the whole, dragging one step and moving over the flow at full size, moving over it with all in view.
 */
export async function canvas(how: How): Promise<Findings> {
  const sizes = sizesOf(how, [1000, 3000], [200])
  const pages = await devPages()
  const browser = await launchChromium()
  try {
    const figures: Figure[] = []
    for (const steps of sizes) {
      const costs: Record<Which, Cost[]> = { ours: [], bare: [] }
      for (let pair = 0; pair < (how.quick ? 1 : PAIRS); pair++) {
        // Which comes first changes, so that neither always finds the machine as the other left it.
        for (const which of pair % 2 === 0 ? BOTH : BOTH.toReversed()) costs[which].push(await measure(browser, pages, which, steps))
        if (!how.quick) console.error(`${steps} steps, pair ${pair + 1} of ${PAIRS}`)
      }
      figures.push(...figuresOf(steps, costs))
    }
    return { figures }
  } finally {
    await browser.close()
    await pages.close()
  }
}

function figuresOf(steps: number, { ours, bare }: Readonly<Record<Which, readonly Cost[]>>): Figure[] {
  const asked = GOALS[steps]
  const of = (name: string, part: keyof Cost, goal: boolean) => {
    const [value, baseline] = [median(ours.map((it) => it[part])), median(bare.map((it) => it[part]))]
    const wanted = goal && asked ? { goal: asked.goal, next: asked.next } : {}
    return figure({ name, value, baseline, unit: part === 'open' ? 'ms' : 'ms a frame', better: 'smaller', ...wanted })
  }
  return [
    of(`drag one of ${steps} steps`, 'drag', true),
    of(`pan over ${steps} steps`, 'pan', true),
    of(`pan over ${steps} steps, zoomed out`, 'panWhole', true),
    of(`open ${steps} steps, zoomed out`, 'open', asked?.open ?? false),
  ]
}

/** One fresh page as far zoomed out as it goes, with hundreds of steps in view, and one at full size. */
async function measure(browser: Browser, pages: DevPages, which: Which, steps: number): Promise<Cost> {
  const whole = await open(browser, pages, which, steps, 0)
  const many = await whole.page.locator('.react-flow__node').count()
  const panWhole = await pan(whole.page)
  await whole.page.close()

  const near = await open(browser, pages, which, steps, 1)
  const some = await near.page.locator('.react-flow__node').count()
  if (some === 0 || some >= many || many > steps) throw new Error(`${which}: ${some} and ${many} of ${steps} steps are drawn`)
  const dragged = await drag(near.page)
  const panned = await pan(near.page)
  await near.page.close()
  return { open: whole.cost, drag: dragged, pan: panned, panWhole }
}

async function open(browser: Browser, pages: DevPages, which: Which, steps: number, zoom: 0 | 1): Promise<{ page: Page; cost: number }> {
  const page = await browser.newPage({ viewport: VIEW, reducedMotion: 'reduce' })
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  await page.goto(`${pages.url}/dev/canvas.html`)
  await page.waitForFunction('window.canvasPage !== undefined')
  const work = await PageWork.of(page)
  const cost = await work.during(async () => {
    await page.evaluate(`window.canvasPage.mount('${which}', ${steps}, ${zoom})`)
    await settled(page, 1)
  })
  if (faults.length > 0) throw new Error(`${which}: ${faults.join('\n')}`)
  return { page, cost }
}

/** Until so many nodes are drawn and for some frames nothing has come or gone. */
async function settled(page: Page, atLeast: number): Promise<void> {
  await page.evaluate(
    `new Promise((done) => {
      let before = -1
      let still = 0
      const look = () => {
        const now = document.getElementsByClassName('react-flow__node').length + document.getElementsByClassName('react-flow__edge').length
        still = now === before && now >= ${atLeast} ? still + 1 : 0
        before = now
        if (still > 10) done()
        else requestAnimationFrame(look)
      }
      look()
    })`,
  )
}

const placeOf = (page: Page, selector: string) =>
  page
    .locator(selector)
    .first()
    .evaluate((it) => it.style.transform)

/** What a frame costs of pulling the flow, by the middle button. */
async function pan(page: Page): Promise<number> {
  const before = await placeOf(page, '.react-flow__viewport')
  const from = { x: 900, y: 700 }
  const at = (step: number) => ({ x: from.x - 10 * step, y: from.y - 7 * step })
  const cost = await gesture(page, from, at, 'middle')
  if ((await placeOf(page, '.react-flow__viewport')) === before) throw new Error('The flow was not moved')
  return cost
}

/** What a frame costs of dragging the node nearest to the middle, round in a circle. */
async function drag(page: Page): Promise<number> {
  const middle = { x: VIEW.width / 2 - 150, y: VIEW.height / 2 }
  const nodes: { id: string; box: Place }[] = await page.evaluate(
    `[...document.querySelectorAll('.react-flow__node')].map((it) => ({ id: it.dataset.id, box: it.getBoundingClientRect().toJSON() }))`,
  )
  const far = ({ box }: { box: Place }) => Math.hypot(box.x + 40 - middle.x, box.y + 20 - middle.y)
  const [node] = nodes.toSorted((a, b) => far(a) - far(b))
  if (!node) throw new Error('There is no node')
  const selector = `.react-flow__node[data-id="${node.id}"]`
  const before = await placeOf(page, selector)
  const from = { x: node.box.x + 40, y: node.box.y + 20 }
  const at = (step: number) => ({ x: from.x + 60 * Math.sin(step / 8) + 12, y: from.y + 60 * (1 - Math.cos(step / 8)) + 12 })
  const cost = await gesture(page, from, at, 'left')
  if ((await placeOf(page, selector)) === before) throw new Error('The node was not dragged')
  return cost
}

type Place = { x: number; y: number }

async function gesture(page: Page, from: Place, at: (step: number) => Place, button: 'left' | 'middle'): Promise<number> {
  const work = await PageWork.of(page)
  const go = async (first: number, last: number) => {
    for (let step = first; step < last; step++) {
      const { x, y } = at(step)
      await page.mouse.move(x, y)
      await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))')
    }
  }
  await page.mouse.move(from.x, from.y)
  await page.mouse.down({ button })
  await go(1, WARM)
  const cost = await work.during(() => go(WARM, WARM + FRAMES))
  await page.mouse.up({ button })
  return cost / FRAMES
}
