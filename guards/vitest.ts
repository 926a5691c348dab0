import { basename, join } from 'node:path'

/** `npm test` asks for its reports in a place of its own, which a run of one package in between does not overwrite. */
const asked = process.env.BATON_REPORTS
const report = asked ? join(asked, `${basename(process.cwd())}.json`) : 'reports/vitest.json'

/**
 * What the tests of every package share. Thirty seconds because opening an embedded database takes up to eleven on two busy cores;
 * the JSON report is what `npm test` adds up for its closing line.
 */
export const tests = {
  include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'test/**/*.test.ts', 'testing/**/*.test.ts'],
  testTimeout: 30_000,
  hookTimeout: 60_000,
  passWithNoTests: true,
  maxWorkers: 2,
  reporters: ['default', ['json', { outputFile: report }]] satisfies [string, [string, { outputFile: string }]],
}
