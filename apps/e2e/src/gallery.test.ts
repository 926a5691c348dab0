import { readFileSync, writeFileSync } from 'node:fs'
import type { Download, Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { useHouse } from './harness/house.ts'
import { picture } from './harness/pictures.ts'
import { inTheme } from './harness/theme.ts'
import { card, choose, giveReasons, saved } from './story/flow.ts'
import { importPeople } from './story/import.ts'
import { seriousFaults } from './story/pages.ts'
import { invite, joinAsRep, makeTeam } from './story/people.ts'
import { makeSegment } from './story/segment.ts'

/** A newcomer begins from a programme or a file, and takes a picture along. Each test goes on where the last stopped. */
describe('programmes to begin with', () => {
  const house = useHouse('gallery')
  let page: Page
  let base: string
  const { faults } = house
  const gallery = () => page.getByRole('dialog')

  beforeAll(async () => {
    base = house.base()
    page = await house.admin()
    await importPeople(page, base)
    const rep = await house.newcomer()
    await joinAsRep(rep, await invite(page, base))
    await makeTeam(page, base)
  })

  /** No serious fault in either theme. */
  const sound = async (what: string) => {
    for (const theme of ['dark', 'light'] as const) {
      await inTheme(page, theme)
      expect(await seriousFaults(page), `${what}, ${theme}`).toEqual([])
    }
  }

  /** What a downloaded picture holds, as the browser decodes it: its size, and how many colours are in it. */
  const look = async (download: Download) => {
    const type = download.suggestedFilename().endsWith('.svg') ? 'image/svg+xml' : 'image/png'
    const data = readFileSync(await download.path())
    const seen = await page.evaluate(
      async (url) => {
        const image = new Image()
        image.src = url
        await image.decode()
        const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight)
        const pen = canvas.getContext('2d')
        pen?.drawImage(image, 0, 0)
        const pixels = new Uint32Array(pen?.getImageData(0, 0, canvas.width, canvas.height).data.buffer ?? new ArrayBuffer(0))
        return { width: image.naturalWidth, height: image.naturalHeight, colours: new Set(pixels).size, corner: pixels[0] ?? 0 }
      },
      `data:${type};base64,${data.toString('base64')}`,
    )
    const source = type === 'image/svg+xml' ? data.toString('utf8') : ''
    const words = source
      .replace(/<style>[^<]*<\/style>/, '')
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll(/\s+/g, ' ')
    const alone = source.includes('@font-face') && !source.includes('var(--')
    return { ...seen, words, alone, name: download.suggestedFilename(), data }
  }
  const save = async (ending: 'PNG' | 'SVG') => {
    const dialog = page.getByRole('dialog', { name: 'Save as a picture' })
    await dialog.getByRole('radio', { name: ending }).click()
    const [download] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: `Save ${ending}` }).click()])
    return look(download)
  }

  test('one is found by a word or by its purpose, and looked at before it is used', async () => {
    await page.goto(`${base}/flows`)
    await page.getByRole('button', { name: 'Programmes', exact: true }).click()
    const cards = gallery().locator('.programme')
    await cards.first().waitFor()
    expect(await cards.count()).toBe(12)
    await picture(page, 'gallery')
    await sound('the gallery')
    await gallery().getByRole('radio', { name: 'Customers' }).click()
    await expect.poll(() => cards.count()).toBe(2)
    await gallery().getByRole('radio', { name: 'All' }).click()
    await gallery().getByLabel('Find a programme').fill('webinar')
    await cards.first().click()
    await gallery().getByRole('region', { name: 'Drawing of Webinar follow-up' }).waitFor()
    await gallery().getByText('Webinar: the part people come back to').first().waitFor()
    await picture(page, 'gallery-preview')
    await sound('a programme')
  })

  test('used, it is a draft with its mails; with the team it names it is published', async () => {
    await expect.poll(() => gallery().getByLabel('Sales team that gets the people').first().inputValue()).not.toBe('')
    await gallery().getByRole('button', { name: 'Use this programme' }).click()
    await card(page, 'Send Webinar: the recording').waitFor()
    await gallery().waitFor({ state: 'hidden' })
    await picture(page, 'gallery-used')
    await saved(page)
    await page.getByRole('button', { name: 'Publish' }).click()
    await giveReasons(gallery())
    await gallery()
      .getByRole('button', { name: /^Publish/ })
      .click()
    await page.getByText('Version 1 is live').first().waitFor()
    await page.getByRole('button', { name: /^Webinar follow-up/ }).click()
    await page.getByRole('menuitem', { name: 'Save as a picture…' }).click()
    const counted = await save('SVG')
    expect(counted.words).toContain('Send Webinar: the recording')
    await page.getByRole('dialog').getByLabel('With the counts of version 1').uncheck()
    await expect.poll(async () => (await save('SVG')).height).toBeLessThan(counted.height)
    await page.keyboard.press('Escape')
    await page.goto(`${base}/templates`)
    await expect.poll(() => page.getByRole('row', { name: /Webinar: / }).count()).toBe(4)
  })

  test('a wait says when somebody would go on, on their clock and on the reader’s', async () => {
    await page.goBack()
    await page.getByRole('radio', { name: 'Edit' }).click()
    await choose(page, 'on a weekday')
    const times = page.getByRole('region', { name: 'The next times' })
    await times.getByRole('listitem').first().waitFor()
    await times.getByRole('combobox').click()
    await page.getByRole('option', { name: /Ingrid Solheim/ }).click()
    await times.getByText('On the clock of Oslo').waitFor()
    const said = await times.getByRole('listitem').allTextContents()
    expect(said.length).toBe(3)
    for (const it of said) expect(it).toMatch(/09:00 · .+ for you$/)
    await picture(page, 'gallery-wait')
    await sound('the times of a wait')
  })

  test('by typing it is found anywhere', async () => {
    await page.keyboard.press('Control+k')
    await page.getByPlaceholder('Find a page, a flow or a contact').fill('referral')
    await page.getByRole('button', { name: /^Referral/ }).click()
    await gallery().getByRole('region', { name: 'Drawing of Referral' }).waitFor()
    await gallery().getByRole('button', { name: 'All programmes', exact: true }).first().click()
    await gallery().getByLabel('Find a programme').waitFor()
    await page.keyboard.press('Escape')
    await gallery().waitFor({ state: 'hidden' })
  })

  test('in an empty draft it is one step of undo', async () => {
    await page.goto(`${base}/flows`)
    await page.getByRole('button', { name: 'New flow' }).first().click()
    const begin = page.getByRole('region', { name: 'Begin' })
    await begin.getByRole('button', { name: 'Contract renewal' }).waitFor()
    await picture(page, 'gallery-empty')
    await sound('an empty flow')
    await begin.getByRole('button', { name: 'Contract renewal' }).click()
    await gallery().getByRole('button', { name: 'Use this programme' }).click()
    await card(page, 'Send Renewal: your year').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await begin.waitFor()
    await page.getByRole('button', { name: 'Redo' }).click()
    await card(page, 'Send Renewal: your year').waitFor()
    await saved(page)
  })

  test('the flow is saved as a picture: PNG, and SVG that stands alone, light and dark, whole or in part', async () => {
    const files: Record<string, Buffer> = {}
    await page
      .getByRole('button', { name: /^Contract renewal/ })
      .first()
      .click()
    await page.getByRole('menuitem', { name: 'Save as a picture…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Save as a picture' })
    await dialog.getByAltText(', drawn').waitFor()
    await picture(page, 'gallery-picture')
    await sound('the picture')
    const png = await save('PNG')
    expect(png.name).toMatch(/^contract-renewal.*\.png$/)
    expect(png.colours).toBeGreaterThan(50)
    const svg = await save('SVG')
    expect([png.width, png.height]).toEqual([svg.width * 2, svg.height * 2])
    expect(svg.alone).toBe(true)
    expect(svg.words).toContain('Send Renewal: your year')
    await dialog.getByRole('radio', { name: 'Dark' }).click()
    await expect.poll(async () => (await save('PNG')).corner).not.toBe(png.corner)
    const dark = await save('PNG')
    Object.assign(files, { 'light.png': png.data, 'light.svg': svg.data, 'dark.png': dark.data })
    await page.keyboard.press('Escape')
    await choose(page, 'Send Renewal: your year')
    await page.keyboard.press('Control+k')
    await page.getByPlaceholder('Find a page, a flow or a contact').fill('picture')
    await page.getByText('Save as a picture for a slide').click()
    await dialog.getByRole('radio', { name: '1 selected step' }).click()
    await expect.poll(async () => (await save('PNG')).height).toBeLessThan(400)
    await page.keyboard.press('Escape')
    const folder = process.env.E2E_PICTURES
    if (folder) {
      for (const [name, data] of Object.entries(files)) writeFileSync(`${folder}/export-${name}`, data)
    }
  })

  test('a file is opened in an empty draft; the branch says how many would go each way, of all and of the segment', async () => {
    await makeSegment(page, base, { name: 'Controllers', field: 'Job title', value: 'Controller' })
    const segmentId = page.url().split('/').at(-1)
    const is = (key: string, value: string) => ({
      combinator: 'and',
      rules: [{ subject: { kind: 'field', key }, op: 'is', value }],
    })
    const graph = {
      nodes: [
        { id: 'in', type: 'trigger', position: { x: 0, y: 0 }, data: { v: 2, on: { kind: 'segment', segmentId, way: 'joined' } } },
        {
          id: 'look',
          type: 'branch',
          position: { x: 0, y: 104 },
          data: {
            v: 1,
            name: 'Which company?',
            cases: [
              { id: 'a', name: 'Engineers', when: is('job_title', 'Engineer') },
              { id: 'b', name: 'Hungary', when: is('country', 'HU') },
            ],
          },
        },
        { id: 'out', type: 'exit', position: { x: 0, y: 240 }, data: { v: 1, label: 'Out', finished: true } },
      ],
      edges: [
        { id: 'e1', source: 'in', sourceHandle: 'out', target: 'look' },
        ...['a', 'b', 'otherwise'].map((port) => ({ id: port, source: 'look', sourceHandle: port, target: 'out' })),
      ],
    }
    const file = { name: 'which.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(graph)) }
    await page.goto(`${base}/flows`)
    await page.getByRole('button', { name: 'New flow' }).first().click()
    const begin = page.getByRole('region', { name: 'Begin' })
    await begin.waitFor()
    const broken = { name: 'broken.json', mimeType: 'application/json', buffer: Buffer.from('{"nodes": [{"id": 1}]}') }
    await begin.getByLabel('Flow file').setInputFiles(broken)
    await page.getByText('broken.json cannot be read.').waitFor()
    await begin.getByLabel('Flow file').setInputFiles(file)
    await choose(page, 'Which company?')
    const counts = page.getByRole('region', { name: 'Who would go where' })
    const rows = async () => {
      const all = await counts.getByRole('row').all()
      return Promise.all(
        all.map(async (it) => `${await it.getByRole('rowheader').textContent()} ${await it.getByRole('cell').first().textContent()}`),
      )
    }
    await expect.poll(rows).toEqual(['Engineers 1', 'Hungary 1', 'Otherwise 1'])
    await picture(page, 'gallery-counts')
    await sound('the counts of a branch')
    await counts.getByRole('radio', { name: 'In Controllers' }).click()
    await expect.poll(rows).toEqual(['Engineers 0', 'Hungary 1', 'Otherwise 1'])
  })

  test('nothing went wrong on the way', () => {
    expect(faults).toEqual([])
  })
})
