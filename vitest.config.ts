import { defineConfig } from 'vitest/config'

/** Tests that start processes and servers, whose limits and counts are kept in modules. */
const running = ['sandbox', 'commands', 'guides'].map((room) => `tests/${room}/**/*.test.ts`)

export default defineConfig({
  // The module that Node takes: beside it, graphql ships a second one, and the two do not mix.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    setupFiles: ['tests/property-seed.ts'],
    // Shells, servers and whole builds are started: a slow machine must not fail for being slow.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'rooms',
          include: ['tests/**/*.test.ts'],
          exclude: [...running, 'tests/e2e/**', '**/node_modules/**'],
          // They keep nothing in a module that another file could meet, so modules are loaded once
          // for all of them: that takes less than half the processor time.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'running', include: running } },
    ],
  },
})
