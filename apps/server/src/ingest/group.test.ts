import { describe, expect, test } from 'vitest'
import { grouping, Overloaded } from './group.ts'

/** Writes by hand: each group waits until it is let through. */
function desk({ most = 10, writers = 1, waiting = 100 } = {}) {
  const groups: { names: string[]; commit(): void; fail(error: Error): void }[] = []
  const store = grouping<string, string>({
    weigh: (name) => name.length,
    endsGroup: (name) => name.endsWith('!'),
    write: (names) =>
      new Promise((resolve, reject) => {
        groups.push({ names: [...names], commit: () => resolve(names.map((it) => `${it} in`)), fail: reject })
      }),
    most,
    writers,
    waiting,
  })
  /** Lets everything happen that can without a further commit. */
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  return { store, groups, settle }
}

describe('requests that come at the same time', () => {
  test('are answered after the commit: the first at once, those that came meanwhile together', async () => {
    const { store, groups, settle } = desk()
    const answers: string[] = []
    for (const name of ['a', 'b', 'c']) void store(name).then((it) => answers.push(it))
    expect(groups.map((it) => it.names)).toEqual([['a']])
    await settle()
    expect(answers).toEqual([])
    groups[0]?.commit()
    await settle()
    expect(answers).toEqual(['a in'])
    expect(groups[1]?.names).toEqual(['b', 'c'])
    groups[1]?.commit()
    await settle()
    expect(answers).toEqual(['a in', 'b in', 'c in'])
  })

  test('make groups of at most so many messages, but a large request is never cut', async () => {
    const { store, groups, settle } = desk({ most: 4 })
    const done = ['x', 'aa', 'bb', 'cc', 'larger'].map(store)
    for (let i = 0; i < 4; i++) {
      groups[i]?.commit()
      await settle()
    }
    expect(groups.map((it) => it.names)).toEqual([['x'], ['aa', 'bb'], ['cc'], ['larger']])
    await Promise.all(done)
  })

  test('wait behind one that what follows has to see', async () => {
    const { store, groups, settle } = desk()
    const done = ['x', 'a', 'b!', 'c'].map(store)
    for (let i = 0; i < 3; i++) {
      groups[i]?.commit()
      await settle()
    }
    expect(groups.map((it) => it.names)).toEqual([['x'], ['a', 'b!'], ['c']])
    await Promise.all(done)
  })

  test('do not fail with one that is at fault', async () => {
    const { store, groups, settle } = desk()
    const done = Promise.allSettled(['x', 'a', 'bad', 'c'].map(store))
    groups[0]?.commit()
    await settle()
    groups[1]?.fail(new Error('one of these'))
    await settle()
    groups[2]?.commit()
    await settle()
    groups[3]?.fail(new Error('this one'))
    await settle()
    groups[4]?.commit()
    expect((await done).map((it) => (it.status === 'fulfilled' ? it.value : String(it.reason)))).toEqual([
      'x in',
      'a in',
      'Error: this one',
      'c in',
    ])
    expect(groups.map((it) => it.names)).toEqual([['x'], ['a', 'bad', 'c'], ['a'], ['bad'], ['c']])
  })

  test('are refused when too much waits, and taken again later', async () => {
    const { store, groups, settle } = desk({ waiting: 3 })
    const done = ['x', 'aa', 'b'].map(store)
    await expect(store('c')).rejects.toThrow(Overloaded)
    groups[0]?.commit()
    await settle()
    done.push(store('d'))
    for (const i of [1, 2]) {
      groups[i]?.commit()
      await settle()
    }
    expect(await Promise.all(done)).toEqual(['x in', 'aa in', 'b in', 'd in'])
  })
})
