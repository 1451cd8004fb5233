/** All that an evidence file is checked with. */
const OFFLINE_VERIFIER = [
  '^src/evidence/(verify-bundle|bundle|bundled-streams|attached-files|trusted-checkpoint|verdict)\\.ts$',
  '^src/transparency/merkle/(checking|hashing)\\.ts$',
  '^src/transparency/note/(checkpoint|note-keys|signed-note)\\.ts$',
  '^src/ledger/(chain|leaf|stored-metadata)\\.ts$',
  '^src/canonical-json\\.ts$',
];

/**
 * The arrows of the architecture. `test/architecture.spec.ts` shows that each of them bites.
 * @type {import('dependency-cruiser').IConfiguration}
 */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment:
        'A cycle between two injectables crashes at load; between two rooms it hides who depends on whom.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'domain-is-pure',
      comment: 'The domain is plain functions over plain data: nothing but itself and edtf.',
      severity: 'error',
      from: { path: '^src/cases/domain/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: ['^src/cases/domain/', '^node_modules/edtf/'] },
    },
    {
      name: 'register-domain-is-pure',
      comment:
        'The same for the register streams, which speak of dates, sources and the law in the words of the cases.',
      severity: 'error',
      from: { path: '^src/register/domain/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: ['^src/(register|cases)/domain/'] },
    },
    {
      name: 'cases-know-no-register',
      comment:
        'The register streams stand on what the cases have; a case names a campaign by its id and asks nothing of it.',
      severity: 'error',
      from: { path: '^src/cases/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^src/register/' },
    },
    {
      name: 'figures-are-pure',
      comment:
        'Figures are plain functions over what the domains derive: they must come out the same wherever they are worked out.',
      severity: 'error',
      from: { path: '^src/reports/figures/', pathNot: '\\.spec\\.ts$' },
      to: {
        pathNot: [
          '^src/reports/figures/',
          '^src/(cases|register)/domain/',
          '^src/reports/content/content\\.ts$',
        ],
      },
    },
    {
      name: 'shared-rooms-know-no-feature',
      comment:
        'Event store, ledger, files, projections, database, edge, security, access log and recording serve every feature and import none.',
      severity: 'error',
      from: {
        path: '^src/(event-store|ledger|files|projections|database|http|security|access-log|recording)/',
        pathNot: '\\.spec\\.ts$',
      },
      to: { path: '^src/(cases|register|reports|cli)/' },
    },
    {
      name: 'store-is-behind-its-port',
      comment:
        'Only the composition and the command line choose an adapter, and a backup is one of the embedded store; all else sees the port.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: [
          '^src/event-store/',
          '^src/backup/',
          '^src/[^/]+\\.ts$',
          '^src/projections/worker',
          '\\.spec\\.ts$',
        ],
      },
      to: { path: '^src/event-store/(sqlite|eventstoredb)/' },
    },
    {
      name: 'commands-and-queries-apart',
      comment: 'A command never reads a read model; a query never writes.',
      severity: 'error',
      from: { path: '^src/(cases|register)/commands/' },
      to: { path: '^src/(cases|register)/(queries|read-models|http)/' },
    },
    {
      name: 'only-the-edge-speaks-http',
      comment: "Everything else throws coded errors; their statuses are the edge's business.",
      severity: 'error',
      from: {
        path: '^src/(event-store|ledger|database|recording|cases/(domain|commands|read-models|queries)|register/(domain|commands|queries))/',
      },
      to: { path: '^src/http/' },
    },
    {
      name: 'verifier-stands-alone',
      comment:
        'Whoever checks an evidence file trusts what stands here and node:crypto: no package, no file, no network. Types are gone by then.',
      severity: 'error',
      from: { path: OFFLINE_VERIFIER },
      to: { pathNot: [...OFFLINE_VERIFIER, '^(node:)?crypto$'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-barrels',
      comment: 'Import the file that has it.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^src/.*/index\\.ts$' },
    },
    {
      name: 'no-tests-in-the-product',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
      to: { path: ['^test/', '\\.spec\\.ts$'] },
    },
    {
      name: 'no-dev-dependencies-in-the-product',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|coverage)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.build.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
    builtInModules: { add: ['node:sqlite'] },
  },
};
