import path from 'node:path'
import type { Browser, BrowserContext, CDPSession, Page } from '@playwright/test'
import { buildSite } from '../../src/commands/build-site.ts'
import { findChromium } from '../../src/commands/chromium.ts'
import { portVariables } from '../../src/commands/ports.ts'
import { startStaticServer } from '../../src/hosting/static-server.ts'
import { freePorts } from '../free-ports.ts'
import { median, type PageCost, writeFloor } from './page-cost.ts'

/** A built site and the page of one call, as a reader opens it first. */
export interface PanelSite {
  name: string
  /** Folder of the build; built if need be. */
  directory: string
  /** Description that it is built from; our own without one. */
  document?: string
  /** Path of the page below the base, e.g. `reference/planets/update-planet/`. */
  page: string
}

/** What a page and its panel cost a reader on a slow phone. Milliseconds are medians. */
export interface PanelCost extends PageCost {
  name: string
  floor: Pick<PageCost, 'firstPaint' | 'largestPaint'>
  /** Click to a form that can be typed in, nothing fetched before. */
  cold: number
  /** The same, a second after the pointer came to the button. */
  prefetched: number
  /** Bytes of JavaScript that a click fetches, as they went over the wire. */
  script: number
  requests: number
}

/** What a key costs, in milliseconds of processor time times the slow-down. */
export interface TypingCost {
  what: string
  keys: number
  median: number
  /** 95 of 100 keys are faster. */
  slow: number
  worst: number
}

const runs = 5
const slowdown = 4
/** 1.6 Mbit/s down, 750 kbit/s up, 150 ms there and back. */
const network = {
  offline: false,
  latency: 150,
  downloadThroughput: (1.6 * 1024 * 1024) / 8,
  uploadThroughput: (750 * 1024) / 8,
}

/** Measures the page of a call, and its panel, in Chromium. Builds the site for it. */
export function benchPanel(site: PanelSite): Promise<{ panel: PanelCost; typing: TypingCost[] }> {
  return onSite(site, async (browser, origin) => ({
    panel: await panelCost(site, browser, origin),
    typing: await typingCosts(site, browser, origin),
  }))
}

async function panelCost(site: PanelSite, browser: Browser, origin: string): Promise<PanelCost> {
  const address = `${origin}/docs/${site.page}`
  const floorPage = await writeFloor(site.directory, site.page)
  const visits: (PageCost & { cold: number; script: number; requests: number })[] = []
  const floors: PageCost[] = []
  const prefetched: number[] = []
  for (let run = 0; run < runs; run += 1) {
    floors.push(await visit(browser, `${origin}/docs/${floorPage}`, readPage))
    visits.push(
      await visit(browser, address, async (page, seen) => {
        const cost = await readPage(page, seen)
        seen.length = 0
        const cold = await openPanel(page)
        const scripts = seen.filter(({ type }) => type === 'Script')
        const script = scripts.reduce((sum, { bytes }) => sum + bytes, 0)
        return { ...cost, cold, script, requests: seen.length }
      }),
    )
    prefetched.push(
      await visit(browser, address, async (page) => {
        await page.getByRole('button', { name: 'Try it', exact: true }).hover()
        await page.waitForTimeout(1500)
        return openPanel(page)
      }),
    )
  }
  const middle = <Key extends keyof (typeof visits)[number]>(key: Key) =>
    median(visits.map((one) => Number(one[key])))
  return {
    name: site.name,
    bytes: middle('bytes'),
    pageScript: middle('pageScript'),
    pageRequests: middle('pageRequests'),
    nodes: middle('nodes'),
    firstPaint: middle('firstPaint'),
    largestPaint: middle('largestPaint'),
    blocking: middle('blocking'),
    floor: {
      firstPaint: median(floors.map(({ firstPaint }) => firstPaint)),
      largestPaint: median(floors.map(({ largestPaint }) => largestPaint)),
    },
    cold: middle('cold'),
    prefetched: median(prefetched),
    script: middle('script'),
    requests: middle('requests'),
  }
}

/** Keys in every kind of field that the panel of a page has. */
async function typingCosts(
  site: PanelSite,
  browser: Browser,
  origin: string,
): Promise<TypingCost[]> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  const page = await context.newPage()
  const costs: TypingCost[] = []
  const open = async () => {
    await page.goto(`${origin}/docs/${site.page}`)
    await openPanel(page)
  }
  const type = async (what: string) => {
    const session = await context.newCDPSession(page)
    // What is loaded at the first key is not what a key costs.
    await page.keyboard.type('abc ')
    await page.waitForTimeout(1500)
    costs.push({ what: `${site.name}: ${what}`, ...(await keyCosts(page, session)) })
  }
  const panel = page.getByRole('region', { name: 'Try it' })

  await open()
  const field = panel.locator('.try-field:not([data-field="body"]) input[type="text"]').first()
  if (await field.count()) {
    await field.fill('')
    await field.focus()
    await type('a parameter')
  }
  const form = panel.getByRole('button', { name: 'Form', exact: true })
  if (await form.count()) {
    await form.click()
    const member = panel.locator('[data-field="body"] input[type="text"]').first()
    await member.waitFor()
    await member.focus()
    await type('the body as a form')
  }
  if (await panel.locator('textarea.try-body').or(form).count()) {
    for (const bytes of [2_000, 100_000]) {
      await open()
      await panel.locator('textarea.try-body').focus()
      const editor = panel.locator('.cm-content')
      await editor.waitFor()
      await page.keyboard.press('Control+a')
      await page.keyboard.insertText(jsonOf(bytes))
      await page.waitForTimeout(2000)
      await page.keyboard.press('Control+Home')
      // Into the first string of the text.
      for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowDown')
      await page.keyboard.press('End')
      for (let step = 0; step < 2; step += 1) await page.keyboard.press('ArrowLeft')
      await type(`${bytes / 1000} kB of raw JSON`)
    }
  }
  await context.close()
  return costs
}

/**
 * Keys one after the other, each in processor time of the page's main thread, layout and paint
 * included: a wall clock would time whatever else the machine does. A key that does nothing is taken
 * off, as what the measuring itself takes.
 */
async function keyCosts(page: Page, session: CDPSession): Promise<Omit<TypingCost, 'what'>> {
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const taken = async (key: string) => {
    const before = await mainThread(session)
    await page.keyboard.press(key)
    await page.waitForTimeout(60)
    return ((await mainThread(session)) - before) * slowdown
  }
  const idle: number[] = []
  for (let press = 0; press < 20; press += 1) idle.push(await taken('Shift'))
  const costs: number[] = []
  for (const key of 'the quick brown fox jumps over the lazy dog') {
    costs.push(Math.max(0, (await taken(key === ' ' ? 'Space' : key)) - median(idle)))
  }
  const sorted = costs.toSorted((a, b) => a - b)
  return {
    keys: sorted.length,
    median: median(sorted),
    slow: sorted[Math.floor(sorted.length * 0.95)] ?? 0,
    worst: sorted.at(-1) ?? 0,
  }
}

/** Milliseconds of processor time that tasks of the main thread have taken so far. */
async function mainThread(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000
}

/** A JSON object of about so many bytes, in the lines that an example has. */
function jsonOf(bytes: number): string {
  const items = Array.from({ length: Math.ceil(bytes / 80) }, (_, index) => ({
    id: `item_${index}`,
    name: `Name of item ${index}`,
    tags: ['a', 'b'],
  }))
  return JSON.stringify({ title: 'Title', note: 'n', list: items.slice(0, -1) }, null, 1)
}

async function openPanel(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const button = document.querySelector<HTMLElement>('try-it > button')
    const began = performance.now()
    button?.click()
    const isReady = () => {
      const panel = document.querySelector('.try-panel')
      // Parts that come later leave a gap until they are there.
      const send = panel?.querySelector('.try-send')
      return send && panel?.checkVisibility()
    }
    while (!isReady()) {
      await new Promise((resolve) => requestAnimationFrame(resolve))
      if (performance.now() - began > 30_000) throw new Error('The panel did not open.')
    }
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
    return performance.now() - began
  })
}

interface Seen {
  id: string
  type: string
  bytes: number
}

/** Opens a page as a first-time reader on a slow phone with a slow line. */
async function visit<Result>(
  browser: Browser,
  address: string,
  use: (page: Page, seen: Seen[]) => Promise<Result>,
): Promise<Result> {
  const context: BrowserContext = await browser.newContext({
    viewport: { width: 412, height: 823 },
  })
  try {
    const page = await context.newPage()
    const session = await context.newCDPSession(page)
    const seen = await watch(session)
    await session.send('Network.emulateNetworkConditions', network)
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
    await page.addInitScript(() => {
      const notes = { largest: 0, blocking: 0 }
      Object.assign(window, { benchNotes: notes })
      new PerformanceObserver((list) => {
        for (const { startTime } of list.getEntries()) notes.largest = startTime
      }).observe({ type: 'largest-contentful-paint', buffered: true })
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) notes.blocking += duration - 50
      }).observe({ type: 'longtask', buffered: true })
    })
    await page.goto(address, { waitUntil: 'load' })
    // Whatever a page fetches when it is idle counts as well.
    await page.waitForTimeout(2500)
    return await use(page, seen)
  } finally {
    await context.close()
  }
}

async function watch(session: CDPSession): Promise<Seen[]> {
  const seen: Seen[] = []
  await session.send('Network.enable')
  session.on('Network.requestWillBeSent', ({ requestId, type = 'Other', request }) => {
    if (request.url.startsWith('http')) seen.push({ id: requestId, type, bytes: 0 })
  })
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const found = seen.find(({ id }) => id === requestId)
    if (found) found.bytes = encodedDataLength
  })
  return seen
}

async function readPage(page: Page, seen: readonly Seen[]): Promise<PageCost> {
  const sum = (list: readonly Seen[]) => list.reduce((total, { bytes }) => total + bytes, 0)
  const own = await page.evaluate(() => {
    const [paint] = performance.getEntriesByName('first-contentful-paint')
    const { largest, blocking } = Reflect.get(window, 'benchNotes')
    return {
      firstPaint: paint?.startTime ?? 0,
      largestPaint: largest,
      blocking,
      nodes: document.querySelectorAll('*').length,
    }
  })
  return {
    ...own,
    bytes: sum(seen),
    pageScript: sum(seen.filter(({ type }) => type === 'Script')),
    pageRequests: seen.length,
  }
}

/** Builds, serves, and opens Chromium, for as long as they are needed. */
async function onSite<Result>(
  { directory, document }: PanelSite,
  use: (browser: Browser, origin: string) => Promise<Result>,
): Promise<Result> {
  const ports = await freePorts()
  await buildSite({
    directory,
    env: {
      ...portVariables(ports),
      ...(document && {
        OPENAPI_DOCUMENT: path.resolve(document),
        DOCS_ENVIRONMENTS: 'Test=http://localhost:9',
      }),
      SITE_URL: `http://localhost:${ports.docs}/docs`,
    },
  })
  const server = await startStaticServer({ directory, base: '/docs', port: ports.docs })
  const { chromium } = await import('@playwright/test')
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    args: ['--no-sandbox', '--disable-background-networking'],
  })
  try {
    return await use(browser, server.origin)
  } finally {
    await browser.close()
    await server.close()
  }
}
