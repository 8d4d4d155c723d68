import { readFile } from 'node:fs/promises'
import { test as base, expect } from '@playwright/test'
import { watchForProblems } from './problems.ts'
import { type Running, running } from './running.ts'

interface TestFixtures {
  /**
   * Problems that the test means to provoke: those that match one of them are forgiven. Everything
   * else that a page complains about fails the test.
   */
  expectedProblems: RegExp[]
}

interface WorkerFixtures {
  product: Running
  /** The demo account's API key. */
  apiKey: string
}

export { expect }

export const test = base.extend<TestFixtures, WorkerFixtures>({
  product: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures from the pattern.
    async ({}, use) => {
      await use(running())
    },
    { scope: 'worker' },
  ],

  apiKey: [
    async ({ product }, use) => {
      const text = await readFile(product.demo.keyFile, 'utf8')
      await use(/^STREAMLOOP_API_KEY=(\S+)$/m.exec(text)?.[1] ?? '')
    },
    { scope: 'worker' },
  ],

  launchOptions: [
    async ({ product }, use) => {
      await use({
        executablePath: product.chromium,
        // This machine is reached directly; the proxy sees, and refuses, everything else.
        args: [`--proxy-server=${product.foreign}`, '--disable-background-networking'],
      })
    },
    { scope: 'worker' },
  ],

  baseURL: async ({ product }, use) => {
    await use(`${product.docs}/`)
  },

  expectedProblems: [[], { option: true }],

  context: async ({ context, product, expectedProblems }, use) => {
    const origins = [product.docs, product.issuer, product.api].map((url) => new URL(url).origin)
    const problems = watchForProblems(context, origins)
    await use(context)
    const unexpected = problems.filter(
      (problem) => !expectedProblems.some((expected) => expected.test(problem)),
    )
    expect(unexpected).toEqual([])
    expect(await foreignRequests(product)).toEqual([])
  },
})

/**
 * Hosts off this machine that anything in the browser, workers included, has asked for. Chromium
 * asks its maker's about updates and the like, whatever page is open: those are not the site's.
 */
async function foreignRequests(product: Running): Promise<string[]> {
  const response = await fetch(product.foreign)
  const asked = (await response.json()) as string[]
  return asked.filter(
    (address) => !/^(https?:\/\/)?[\w.-]+\.(google|googleapis|gvt1)\.com[:/]/.test(address),
  )
}
