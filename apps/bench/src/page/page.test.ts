import { describe, expect, test } from 'vitest'
import { figure } from '../figures.ts'
import { updatePage } from './page.ts'

const made = { command: 'npm run bench -- steps', date: '2026-11-22', commit: 'abc1234', machine: '2 cores, 24 GiB', load: 0.4 }
const steps = (value: number) => ({
  figures: [
    figure({ name: 'runner against bare statements', value, unit: 'steps/s', baseline: 100_000, goal: 0.5, next: 0.8, better: 'larger' }),
    figure({ name: 'people entering', value: 12_345.6, unit: 'people/s', better: 'larger' }),
  ],
  tables: [
    {
      title: 'Where the time goes',
      columns: ['part', 'share'],
      rows: [
        ['claim', '20 %'],
        ['write | commit', '80 %'],
      ],
    },
  ],
})
const weight = { figures: [figure({ name: 'first page', value: 201, unit: 'kB', goal: 200, better: 'smaller' })] }

const page = `# Performance

What is fast.

<!-- goals: written by the benchmarks, as all between such marks -->
<!-- end of goals -->

## Steps

By hand, before.

<!-- steps: written by npm run bench -->
<!-- end of steps -->

By hand, after.
`

describe('the page of figures', () => {
  test('holds what was measured, how, and on what', () => {
    const text = updatePage(page, 'steps', steps(60_000), made)
    expect(text).toContain('`npm run bench -- steps`, 2026-11-22, commit abc1234; 2 cores, 24 GiB.')
    expect(text).toContain('| runner against bare statements | 60,000 steps/s | 100,000 | 0.6x | ≥ 0.5x | ≥ 0.8x | met |')
    expect(text).toContain('| people entering | 12,350 people/s |  |  |  |  |  |')
    expect(text).toContain('Where the time goes:\n\n| part | share |\n| --- | ---: |\n| claim | 20 % |\n| write / commit | 80 % |')
  })

  test('keeps what people wrote, and holds each benchmark once', () => {
    const once = updatePage(page, 'steps', steps(60_000), made)
    const twice = updatePage(once, 'steps', steps(40_000), made)
    expect(twice).not.toContain('60,000')
    expect(twice).toContain('**missed**')
    expect(twice).toMatch(/What is fast\.[\s\S]*By hand, before\.[\s\S]*40,000[\s\S]*By hand, after\./)
    expect(updatePage(once, 'steps', steps(60_000), made)).toBe(once)
  })

  test('says so when others worked on the machine too', () => {
    expect(updatePage(page, 'steps', steps(1), made)).not.toContain('busy')
    expect(updatePage(page, 'steps', steps(1), { ...made, load: 6.6 })).toContain(
      '24 GiB. **The machine was busy with other work** (load 7 ',
    )
  })

  test('lists every goal of every section, in their order', () => {
    const text = updatePage(updatePage(page, 'bundle', weight, made), 'steps', steps(60_000), made)
    const goals = text.slice(text.indexOf('<!-- goals'), text.indexOf('<!-- end of goals'))
    expect(goals.split('\n').slice(3, -1)).toEqual([
      '| `steps` | runner against bare statements | 0.6x | ≥ 0.5x | ≥ 0.8x | met |',
      '| `bundle` | first page | 201 kB | ≤ 200 kB |  | **missed** |',
    ])
  })

  test('takes a benchmark that it has no place for at its end', () => {
    const text = updatePage(page, 'bundle', weight, made)
    expect(text).toMatch(/By hand, after\.\n\n## bundle\n\n<!-- bundle: written by npm run bench -->\n[\s\S]*<!-- end of bundle -->\n$/)
  })
})
