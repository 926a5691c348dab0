import { basename, join, relative } from 'node:path'

/** `npm test` asks for its reports in a place of its own, which a run of one package in between does not overwrite. */
const asked = process.env.BATON_REPORTS
const report = asked ? join(asked, `${basename(process.cwd())}.json`) : 'reports/vitest.json'

interface Ran {
  moduleId: string
  project: { name: string }
}

/** The part of vitest that a sequencer asks; its own types are not reached from here. */
interface Vitest {
  config: { root: string }
  cache: { getFileTestResults(key: string): { failed: boolean; duration: number } | undefined }
}

/** What noticed the last change first, then the quickest: a change is done with at the first test that fails, and most are noticed by a small one. */
class QuickFirst {
  readonly vitest: Vitest

  constructor(vitest: Vitest) {
    this.vitest = vitest
  }

  sort<T extends Ran>(files: T[]): T[] {
    const cost = ({ project, moduleId }: T) => {
      const last = this.vitest.cache.getFileTestResults(`${project.name}:${relative(this.vitest.config.root, moduleId)}`)
      return last?.failed ? -1 : (last?.duration ?? 0)
    }
    return [...files].sort((a, b) => cost(a) - cost(b))
  }

  shard<T extends Ran>(files: T[]): T[] {
    return files
  }
}

/**
 * Mutation testing (`npm run mutate`) runs the tests once for each change of a source. There the long properties over whole
 * programmes stay out, which would take minutes a change and what they count as noticed would be mostly time-outs: the tables have to
 * notice. Modules are loaded once for all files; what a change does while they load is not tried (`ignoreStatic`).
 */
const mutating = {
  exclude: [
    'src/advance/properties.test.ts',
    'src/advance/migrate.property.test.ts',
    // These play whole programmes, too: they are asked about changes of the simulator only.
    ...(process.env.BATON_MUTATES?.includes('simulate') ? [] : ['src/simulate/**/*.test.ts']),
  ],
  isolate: false,
  sequence: { sequencer: QuickFirst },
  reporters: [{}],
}

/**
 * What the tests of every package share. Times only end what hangs: what takes half a minute on two busy cores takes two on a slower
 * machine, and nothing may fail by that. The JSON report is what `npm test` adds up for its closing line.
 */
export const tests = {
  include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'test/**/*.test.ts', 'testing/**/*.test.ts'],
  testTimeout: 180_000,
  hookTimeout: 180_000,
  expect: { poll: { timeout: 60_000 } },
  passWithNoTests: true,
  maxWorkers: 2,
  reporters: ['default', ['json', { outputFile: report }]] satisfies [string, [string, { outputFile: string }]],
  ...(process.env.STRYKER_MUTATOR_WORKER === undefined ? {} : mutating),
}
