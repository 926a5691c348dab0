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
  reporters: ['default', ['json', { outputFile: 'reports/vitest.json' }]] satisfies [string, [string, { outputFile: string }]],
}
