import { defineConfig } from 'vitest/config'

export default defineConfig({
  // The module that Node takes: beside it, graphql ships a second one, and the two do not mix.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/e2e/**', '**/node_modules/**'],
    setupFiles: ['tests/property-seed.ts'],
    // Shells, servers and whole builds are started: a slow machine must not fail for being slow.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
})
