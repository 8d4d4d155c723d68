import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  globalSetup: './tests/e2e/harness/global-setup.ts',
  outputDir: 'test-results',
  workers: 2,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  forbidOnly: process.env.CI !== undefined,
  // A test that passes the second time only is a defect of the test or of the product.
  retries: 0,
  reporter: 'list',
  // `npm test` runs the first; the second has the long proofs, tests tagged `@deep`.
  projects: [
    { name: 'ordinary', grepInvert: /@deep/ },
    { name: 'deep', grep: /@deep/ },
  ],
  use: {
    // A machine that is busy takes its time; a hang is still found.
    actionTimeout: 30_000,
    navigationTimeout: 60_000,
  },
})
