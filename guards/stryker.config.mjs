/**
 * Mutation testing of the pure packages (`npm run mutate -- engine advance`): every small change of a source must fail a test.
 * Run within a package. The copy it works on stands two folders below the root, so that what the tests import from `guards` is
 * found from there; without the package's tsconfig.json, which its TypeScript cannot read, and without the tests in `test`, which read
 * the sources as text.
 */
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  mutate: ['src/**/*.ts', '!src/**/*.test.ts'],
  ignorePatterns: ['tsconfig.json', 'types', 'dist', 'reports', 'test'],
  tempDirName: '../../.mutants',
  coverageAnalysis: 'perTest',
  // What runs once when a file is loaded would run every test for each change: a fifth of the changes took four fifths of the time.
  ignoreStatic: true,
  concurrency: 1,
  // Generous, so that a busy machine does not pass for a change that runs for ever.
  timeoutMS: 20_000,
  timeoutFactor: 3,
  incremental: true,
  incrementalFile: 'node_modules/.cache/stryker.json',
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { logTests: false, reportTests: false, reportMutants: true, allowColor: false },
  thresholds: { high: 90, low: 80, break: 80 },
}
