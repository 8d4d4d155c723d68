import { guideGroups } from '../../src/content/guide-groups.ts'
import { axeFindings } from './harness/axe.ts'
import { expect, test } from './harness/fixtures.ts'
import { readOperations } from './harness/operations.ts'

// No test needs another: the workers share them out.
test.describe.configure({ mode: 'parallel' })

/** One address of each page type. */
const pageTypes = {
  'front page': '/',
  guide: '/guides/authentication/',
  reference: '/reference/',
  tag: '/reference/streams/',
  'operation without a body': '/reference/streams/list-streams/',
  'operation with a body': '/reference/streams/create-stream/',
  'operation that deletes': '/reference/destinations/delete-destination/',
  'all errors': '/errors/',
  error: '/errors/unauthenticated/',
  'callback that was not asked for': '/oauth/callback/',
}

test.describe('an endpoint page without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('shows what its HTML holds', async ({ page, product }) => {
    const operations = await readOperations(product.docs)
    for (const operation of operations.filter((_, index) => index % 12 === 0)) {
      await test.step(operation.id, async () => {
        await page.goto(product.docs + operation.href)
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(operation.summary)
        await expect(page.locator('pre', { hasText: product.api }).first()).toBeVisible()
      })
    }
  })

  test('folds what is deep, and unfolds it', async ({ page, product }) => {
    await page.goto(`${product.docs}/reference/streams/create-stream/`)
    const fold = page.locator('.operation-text details').first()
    await expect(fold).not.toHaveAttribute('open')
    await fold.locator('summary').first().click()
    await expect(fold).toHaveAttribute('open', '')
  })
})

test('the HTML of every endpoint page holds what the document says', async ({ page, product }) => {
  const operations = await readOperations(product.docs)
  expect(operations).toHaveLength(35)
  for (const operation of operations) {
    await test.step(operation.id, async () => {
      const html = await (await fetch(product.docs + operation.href)).text()
      // Parsed only: no script runs, nothing is loaded.
      const { title, heading, text, samples } = await page.evaluate((source) => {
        const parsed = new DOMParser().parseFromString(source, 'text/html')
        const main = parsed.querySelector('main')
        return {
          title: parsed.title,
          heading: main?.querySelector('h1')?.textContent ?? '',
          text: main?.textContent ?? '',
          samples: [...(main?.querySelectorAll('pre') ?? [])].map((pre) => pre.textContent ?? ''),
        }
      }, html)
      expect(heading.trim()).toBe(operation.summary)
      expect(title).toContain(operation.summary)
      expect(text).toContain(operation.path)
      expect(samples.find((sample) => sample.includes(product.api))).toMatch(/^curl /)
      if (operation.secured) expect(text).toContain('"x-api-key: $STREAMLOOP_API_KEY"')
      for (const name of operation.parameters) expect(text).toContain(name)
      for (const status of operation.statuses) expect(text).toContain(status)
    })
  }
})

for (const [type, path] of Object.entries(pageTypes)) {
  test(`axe finds nothing on the page type "${type}", light or dark`, async ({ page, product }) => {
    await page.goto(product.docs + path)
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme })
      // The callback, which one sees for a moment, does not follow a change.
      if (type.startsWith('callback')) await page.reload()
      await expect(page.locator('html')).toHaveAttribute('data-theme', scheme)
      expect(await axeFindings(page), scheme).toEqual([])
    }
  })
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } })

  const longNames = {
    schema: '/reference/schemas/update-settings-operation/',
    mutation: '/graphql/mutations/create-upload/',
  }
  for (const [type, path] of Object.entries({ ...pageTypes, ...longNames })) {
    test(`the page type "${type}" does not scroll sideways`, async ({ page, product }) => {
      await page.goto(product.docs + path)
      for (const width of [360, 390, 430, 460]) {
        await page.setViewportSize({ width, height: 740 })
        const needed = await page.evaluate(() => document.documentElement.scrollWidth)
        expect(needed).toBeLessThanOrEqual(width)
      }
    })
  }

  test('no page of the site scrolls sideways', { tag: '@deep' }, async ({ page, product }) => {
    const sitemap = await (await fetch(`${product.docs}/sitemap-0.xml`)).text()
    const paths = [...sitemap.matchAll(/<loc>([^<]+)/g)].map(
      ([, loc = '']) => new URL(loc).pathname,
    )
    expect(paths.length).toBeGreaterThan(200)
    const wide: string[] = []
    for (const path of paths) {
      await page.goto(new URL(path, product.docs).href)
      const needed = await page.evaluate(() => document.documentElement.scrollWidth)
      if (needed > 360) wide.push(`${path} needs ${needed}`)
    }
    expect(wide).toEqual([])
  })

  test('Try it and the cURL come before the parameters', async ({ page, product }) => {
    await page.goto(`${product.docs}/reference/streams/get-stream/`)
    const top = async (name: string): Promise<number> =>
      (await page.getByRole('main').locator(name).first().boundingBox())?.y ?? Number.NaN
    const parameters = await top('#parameters-path')
    const button = await page.getByRole('button', { name: 'Try it', exact: true }).boundingBox()
    expect(button?.y).toBeLessThan(parameters)
    expect(await top('pre')).toBeLessThan(parameters)
  })
})

const guides = guideGroups.flatMap((group) => group.guides.map((guide) => `/guides/${guide}/`))

test.describe('on a phone in the dark', { tag: '@deep' }, () => {
  test.use({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' })

  // By groups, so that the workers share them out.
  for (const { label, guides } of guideGroups) {
    test(`every guide of "${label}" fits, and axe finds nothing in it`, async ({
      page,
      product,
    }) => {
      for (const guide of guides) {
        await page.goto(`${product.docs}/guides/${guide}/`)
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
        expect(await axeFindings(page), guide).toEqual([])
      }
    })
  }
})

test('samples say what the panel sends where there is one, and nothing of it on the front page', async ({
  page,
  product,
}) => {
  const samples = page.locator('code-samples')
  await page.goto(`${product.docs}/reference/streams/create-stream/`)
  await expect(samples).toContainText('Try it sends the bearer token instead.')
  await page.goto(product.docs)
  await expect(samples).toBeVisible()
  await expect(samples).not.toContainText('Try it')
})

test('T18, T20: no page of the site breaks its policy, throws, or asks a foreign host', async ({
  page,
  product,
}) => {
  test.setTimeout(240_000)
  const operations = await readOperations(product.docs)
  const response = await fetch(`${product.docs}/errors/`)
  const errors = [...(await response.text()).matchAll(/href="(\/errors\/[^"#]+)"/g)]
  const paths = new Set([
    ...Object.values(pageTypes),
    ...guides,
    ...operations.map(({ href }) => href),
    // They come from one template and differ in their words.
    ...errors.map(([, href = '']) => href).filter((_, index) => index % 8 === 0),
  ])
  expect(paths.size).toBeGreaterThan(60)
  // What they complain about is collected by the fixture, which fails the test.
  for (const path of paths) {
    const answer = await page.goto(product.docs + path)
    expect(answer?.status(), path).toBe(200)
  }
})

test.describe('an unknown address', () => {
  test.use({
    expectedProblems: [/Failed to load resource: the server responded with a status of 404/],
  })

  test('is the 404 page, which finds what was meant', async ({ page, product }) => {
    const answer = await page.goto(`${product.docs}/reference/streams/lst-streams/`)
    expect(answer?.status()).toBe(404)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await page
      .getByRole('main')
      .getByRole('button', { name: /search/i })
      .click()
    await page.getByRole('combobox', { name: /^search/i }).fill('list streams')
    await page
      .getByRole('option', { name: /list streams/i })
      .first()
      .click()
    await expect(page).toHaveURL(`${product.docs}/reference/streams/list-streams/`)
  })
})

test('T18: scripts that were injected, and code from text, are blocked', async ({
  browser,
  product,
}) => {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(product.docs)
  const ran = await page.evaluate(async () => {
    const marks = window as unknown as Record<string, boolean>
    const script = document.createElement('script')
    script.textContent = 'window.byScript = true'
    document.body.append(script)
    document.body.insertAdjacentHTML('beforeend', '<img src="x" onerror="window.byEvent = true">')
    // In a task of its own: the debugger lets what it evaluates itself make code from text.
    setTimeout(() => new Function('window.byText = true')())
    await new Promise((resolve) => setTimeout(resolve, 500))
    return ['byScript', 'byEvent', 'byText'].filter((name) => marks[name])
  })
  expect(ran).toEqual([])
  await context.close()
})
