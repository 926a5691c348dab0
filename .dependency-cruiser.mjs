// Who may import whom, each rule with its reason. guards/planted.mjs proves that every one of them fires.
const rule = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to })
const TEST = '\\.test(-d)?\\.tsx?$|/test/|/testing/|vitest\\.config\\.ts$'
/** Packages of the registry: where pnpm puts them, and by bare name where they are not declared at all. */
const npm = (...names) => `((^|/)node_modules/|^)(${names.join('|')})(/|$)`

export default {
  forbidden: [
    rule(
      'no-cycles',
      {},
      // A page is loaded by its route when it is opened, and may then ask the route for its parameters: the router's own way.
      { circular: true, viaOnly: { dependencyTypesNot: ['dynamic-import'] } },
      'Two files in a cycle are one idea: merge them, or move the shared part down.',
    ),
    rule(
      'kinds-are-strangers',
      { path: '^packages/engine/src/nodes/([^/]+)/' },
      { path: '^packages/engine/src/nodes/([^/]+)/', pathNot: '^packages/engine/src/nodes/$1/' },
      'A node kind never knows another kind; ask through the registry.',
    ),
    rule(
      'screens-of-kinds-are-strangers',
      { path: '^apps/web/src/nodes/([^/]+)/' },
      { path: '^apps/web/src/nodes/([^/]+)/', pathNot: '^apps/web/src/nodes/$1/' },
      "A node kind's card and form never know another kind's; move what they share to apps/web/src/ui or to the registry.",
    ),
    rule(
      'leads-stays-pure',
      { path: '^packages/leads/src', pathNot: TEST },
      { pathNot: ['^packages/leads/src', npm('zod'), npm('croner')] },
      'leads imports zod, croner and itself: it knows no graph, no database and no machine.',
    ),
    rule(
      'engine-stays-pure',
      { path: '^packages/engine/src', pathNot: TEST },
      { pathNot: ['^packages/(engine|leads)/src', npm('zod')] },
      'The engine imports zod, leads and itself: it runs in browser, worker and test alike.',
    ),
    rule(
      'db-looks-down',
      { path: '^packages/db/' },
      { path: '^(packages/(api|connect)|apps)/' },
      'db is below the routes and the outside world; what it needs from them is an argument.',
    ),
    rule(
      'api-takes-ports',
      { path: '^packages/api/' },
      { path: '^packages/connect/', dependencyTypesNot: ['type-only'] },
      'Routes take what reaches the outside (mail, preview) as an injected port; only its types may be imported.',
    ),
    rule(
      'connect-knows-no-store',
      { path: '^packages/connect/' },
      { path: '^packages/(db|api)/' },
      'connect carries effects out; what it needs to know is in the effect, and what came of it is its return value.',
    ),
    rule(
      'web-takes-types',
      { path: '^apps/web/' },
      { path: '^packages/api/', dependencyTypesNot: ['type-only'] },
      'The browser takes only types from the routes: their code would bring the database with it.',
    ),
    rule(
      'web-knows-no-server',
      { path: '^apps/web/' },
      { path: '^packages/(db|connect)/' },
      'The browser talks to the server through the routes; not even types of the tables reach it.',
    ),
    rule(
      'nothing-imports-an-app',
      { path: '^(packages|apps)/([^/]+)/', pathNot: '^apps/(e2e|bench)/' },
      { path: '^apps/([^/]+)/', pathNot: '^$1/$2/' },
      'An app is an end: move what is shared into a package. Only e2e and bench may start the server.',
    ),
    rule(
      'checkers-start-the-server-only',
      { path: '^apps/(e2e|bench)/' },
      { path: '^apps/([^/]+)/', pathNot: '^apps/($1|server)/' },
      'e2e and bench may import the server, and see the web as a browser does.',
    ),
    rule(
      'sql-lives-in-db',
      { path: '^(packages/(leads|engine|api|connect)|apps/web)/', pathNot: TEST },
      { path: npm('pg', 'drizzle-orm', '@electric-sql/pglite') },
      'packages/db is the only home of SQL; ask it for a query that says what you want.',
    ),
    rule(
      'testing-stays-in-tests',
      { path: '^(packages|apps)/', pathNot: [TEST, '^apps/(e2e|bench)/', '^packages/db/testing/'] },
      { path: '^packages/db/testing/' },
      'The helpers that start databases are for tests, e2e and benchmarks.',
    ),
    rule(
      'front-door',
      { path: '^(packages|apps)/([^/]+)/' },
      { path: '^packages/([^/]+)/', pathNot: '^$1/$2/', dependencyTypes: ['local'] },
      'Import a package by name, not by a path into it.',
    ),
    rule('resolves', {}, { couldNotResolve: true }, 'Not declared in package.json, or no such file.'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|reports|\\.turbo)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'default', 'node'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.d.ts'],
    },
  },
}
