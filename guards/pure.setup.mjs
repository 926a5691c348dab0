/**
 * Runs before the tests of the pure packages (engine, leads): a call of the clock, the dice, a timer or the network from their
 * sources throws. Types and lint find the direct forms; this finds the rest (`[1].map(Math.random)`, destructured, computed).
 */
const ours = /\/packages\/(engine|leads)\/src\/(?!.*\.test\.)/

const GUARDED = Symbol.for('baton.pure')

/** The first frame that is not a native one (Array.map and the like) says who called. */
const caller = () =>
  (new Error().stack ?? '')
    .split('\n')
    .slice(3)
    .find((line) => !line.includes('<anonymous>')) ?? ''

function forbid(on, key, say) {
  const real = Reflect.get(on, key)
  // Where the files of tests share one worker, this runs before each of them.
  if (typeof real !== 'function' || GUARDED in real) return
  const guarded = function (...args) {
    if (ours.test(caller())) throw new Error(say)
    return Reflect.apply(real, this, args)
  }
  guarded[GUARDED] = true
  Object.defineProperty(on, key, { value: guarded, configurable: true, writable: true })
}

forbid(Math, 'random', 'Math.random in a pure package: chance is an input, use env.random')
forbid(Date, 'now', 'Date.now in a pure package: time is an input, use env.now')
forbid(globalThis, 'setTimeout', 'setTimeout in a pure package: return an effect with a due time')
forbid(globalThis, 'setInterval', 'setInterval in a pure package: return an effect with a due time')
forbid(globalThis, 'fetch', 'fetch in a pure package: return an effect')
