const COMMON = {
  testEnvironment: 'node',
  roots: ['<rootDir>/src', '<rootDir>/test'],
  extensionsToTreatAsEsm: ['.ts'],
  // The sources import each other with the `.js` that the built files have.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: 'es6' },
      },
    ],
  },
  injectGlobals: false,
};

/** @type {import('jest').Config} */
export default {
  globalSetup: '<rootDir>/test/support/postgres-setup.ts',
  globalTeardown: '<rootDir>/test/support/postgres-teardown.ts',
  // Two processes, ended and begun anew when they have grown: one that has run a hundred files holds gigabytes of their modules,
  // and is slow to start others and to collect its garbage.
  maxWorkers: 2,
  workerIdleMemoryLimit: '512MB',
  workerGracefulExitTimeout: 10_000,
  // Upper limits to wait, on machines that may be busy; nothing is measured by them.
  testTimeout: 60_000,
  projects: [
    { ...COMMON, displayName: 'embedded', testMatch: ['**/*.spec.ts'] },
    {
      ...COMMON,
      displayName: 'EventStoreDB double, PostgreSQL',
      testMatch: ['<rootDir>/test/flows/**/*.spec.ts'],
      globals: { STORES: 'elsewhere' },
      setupFilesAfterEnv: ['<rootDir>/test/support/stores-elsewhere.ts'],
    },
  ],
};
