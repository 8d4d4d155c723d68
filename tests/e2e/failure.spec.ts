import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Page } from '@playwright/test'
import { axeFindings } from './harness/axe.ts'
import {
  copyOf,
  type FaultyApi,
  open,
  type SiteCopy,
  startFaultyApi,
  startSiteCopy,
} from './harness/faulty-api.ts'
import { expect, test } from './harness/fixtures.ts'

const list = '/reference/streams/list-streams/'
const panelOf = (page: Page) => page.getByRole('region', { name: 'Try it' })
const responseOf = (page: Page) => page.getByRole('region', { name: 'Response' })

test.use({
  // Each of them is what a test is about, and the browser writes it to its console.
  expectedProblems: [
    /^request to a foreign host: http:\/\/localhost:|\/\/\w+\.example\/|CORS policy|net::ERR_|Content Security Policy|Mixed Content/,
  ],
})

let api: FaultyApi
let site: SiteCopy | undefined
test.beforeEach(async () => {
  api = await startFaultyApi()
})
test.afterEach(async () => {
  await api.close()
  await site?.close()
  site = undefined
})

/** Opens the panel of one operation over an API that does as it is told. */
async function openPanel(
  page: Page,
  { docs, api: from }: { docs: string; api: string },
  { isAllowed = true, operation = {} } = {},
): Promise<void> {
  const origin = new URL(from).origin
  site = await startSiteCopy({ docs, from: origin, to: api.origin, isAllowed, operation })
  await page.goto(site.origin + list)
  await page.getByRole('button', { name: 'Try it', exact: true }).click()
  await expect(panelOf(page)).toBeVisible()
}

/** The page has the vault to itself: its clock is the vault's, and its network too. */
async function withoutWorker(page: Page): Promise<void> {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'SharedWorker'))
}

async function send(page: Page): Promise<void> {
  // "Send anyway" where the form has its doubts.
  await panelOf(page)
    .getByRole('button', { name: /^Send( anyway)?$/ })
    .click()
}

async function expectWords(page: Page, words: readonly (string | RegExp)[]): Promise<void> {
  const response = responseOf(page)
  for (const one of words) await expect(response).toContainText(one)
  await expect(response).not.toContainText('Finding out')
}

const allowing = (
  request: IncomingMessage,
  response: ServerResponse,
  methods: string,
  headers: string,
) =>
  response
    .writeHead(204, {
      'Access-Control-Allow-Origin': request.headers.origin ?? '',
      'Access-Control-Allow-Methods': methods,
      'Access-Control-Allow-Headers': headers,
    })
    .end()

const cases: {
  name: string
  behave(request: IncomingMessage, response: ServerResponse): void
  /** Value of a header that a browser asks permission for. */
  tag?: string
  says: (string | RegExp)[]
}[] = [
  {
    name: 'an answer without CORS headers',
    behave: (_request, response) => void response.end('{}'),
    says: [
      'CORS does not let this page read',
      'Certain',
      'The API may have acted all the same.',
      /Access-Control-Allow-Origin: http:\/\/localhost:\d+/,
      'curl',
    ],
  },
  {
    name: 'a header that the preflight does not allow',
    tag: 'a',
    behave: (request, response) => {
      if (request.method === 'OPTIONS') allowing(request, response, 'GET', 'authorization')
      else open(request, response).end('{}')
    },
    says: [
      'CORS does not let this page send',
      'Certain',
      'not send the header x-tag',
      'Access-Control-Allow-Headers: x-tag',
    ],
  },
  {
    name: 'a connection that ends once without an answer',
    tag: 'a',
    behave: (request, response) => {
      if (request.method === 'OPTIONS') allowing(request, response, 'GET', 'x-tag')
      else if (request.headers['x-tag'] === 'a') request.socket.destroy()
      else open(request, response).end('{}')
    },
    says: ['Connection ended', 'Likely, not certain', 'CORS is not the reason'],
  },
  {
    name: 'an address that is never answered, of a server that answers others',
    behave: (request, response) => {
      if (request.url === '/') response.end()
      else request.socket.destroy()
    },
    says: ['Connection ended', 'Likely, not certain', 'for a plain request too'],
  },
  {
    name: 'a redirect that no other site may see, to where nothing may be sent',
    behave: (_request, response) => {
      response.writeHead(302, { Location: 'https://elsewhere.example/' }).end()
    },
    says: ['Redirect not followed', 'Likely, not certain', 'No token went there.'],
  },
  {
    name: 'a redirect that can be seen',
    behave: (request, response) => {
      const { origin = '*' } = request.headers
      response
        .writeHead(307, {
          Location: 'https://elsewhere.example/',
          'Access-Control-Allow-Origin': origin,
        })
        .end()
    },
    says: [
      'Redirect not followed',
      'Certain',
      'nothing typed here must go to an address that nobody checked',
    ],
  },
  {
    name: 'an answer that is cut off half-way',
    behave: (request, response) => {
      open(request, response, { 'Content-Length': '100' }).write('{"a":"half')
      setTimeout(() => response.destroy(), 50)
    },
    says: [
      '200 OK',
      'broke off before its end',
      '10 B came of the 100 B that were announced',
      'Certain',
      '{"a":"half',
    ],
  },
]

test('T31: what goes wrong on the way is told as far as a page can know it', {
  tag: '@deep',
}, async ({ page, product }) => {
  await openPanel(page, product)
  for (const { name, behave, tag = '', says } of cases) {
    await test.step(name, async () => {
      api.behave = behave
      await panelOf(page).getByLabel('X-Tag').fill(tag)
      await send(page)
      await expectWords(page, says)
      expect(await axeFindings(page, '.try-answer'), name).toEqual([])
    })
  }

  await test.step('a call that is cancelled while it waits', async () => {
    api.behave = () => {}
    await send(page)
    await panelOf(page).getByRole('button', { name: 'Cancel' }).click()
    await expectWords(page, ['Cancelled', 'Certain', 'may have acted all the same'])
  })

  await test.step('a server that is gone', async () => {
    await api.close()
    await send(page)
    await expectWords(page, [
      'Server not reachable',
      'Likely, not certain',
      'Its name is unknown, nothing listens there, or its certificate is refused',
    ])
    await expect(responseOf(page)).not.toContainText('CORS')
  })
})

test('a method that other sites may not use is not told from a connection that ended', {
  tag: '@deep',
}, async ({ page, product }) => {
  await openPanel(page, product, { operation: { method: 'PATCH' } })
  const answered: string[] = []
  api.behave = (request, response) => {
    answered.push(`${request.method}`)
    if (request.method === 'OPTIONS') allowing(request, response, 'GET', 'x-tag')
    else open(request, response).end('{}')
  }
  await panelOf(page).getByLabel('X-Tag').fill('a')
  await send(page)
  await expectWords(page, [
    'Not sent, or no answer',
    'A page cannot tell',
    'does not allow PATCH',
    'Access-Control-Allow-Methods: PATCH',
  ])
  // Finding out why changed nothing at the server.
  expect(new Set(answered)).toEqual(new Set(['OPTIONS', 'GET']))
})

test('a body that no browser sends with GET is refused with the reason', {
  tag: '@deep',
}, async ({ page, product }) => {
  const example = { name: 'a', summary: '', description: '', text: '{"a":1}', generated: false }
  const content = [{ mediaType: 'application/json', schema: {}, examples: [example], encoding: {} }]
  const requestBody = { required: true, description: '', content, anchor: 'body' }
  await openPanel(page, product, { operation: { requestBody } })
  await panelOf(page).getByRole('textbox', { name: /^Body/ }).fill('{"a":1}')
  await send(page)
  await expectWords(page, ['Not sent', 'Certain', 'Browsers send no body with GET', '--data'])
  expect(api.seen).toEqual([])
})

test('what only helps may fail to load: the call is made and answered', {
  tag: '@deep',
}, async ({ page, product }) => {
  let blocked = 0
  await page.route(
    /_astro\/(?:suggestions|History|HistoryBar|keep|open-past|languages)\.[^/]*\.js/,
    (route) => {
      blocked += 1
      return route.abort()
    },
  )
  api.behave = (request, response) => void open(request, response).end('{"data":[]}')
  await openPanel(page, product)
  await send(page)
  await expect(responseOf(page)).toContainText('200')
  await expect.poll(() => blocked).toBeGreaterThan(1)
})

test('an answer of the past opens without a network once the list of them is open', {
  tag: '@deep',
}, async ({ page, context, product }) => {
  api.behave = (request, response) => void open(request, response).end('{"data":[]}')
  await openPanel(page, product)
  await send(page)
  await page.getByText(/call in this tab/).click()
  const ways = panelOf(page).getByRole('button', { name: /^Open GET/ })
  await expect(ways).toBeVisible()
  await context.setOffline(true)
  await ways.click()
  await expect(responseOf(page)).toContainText('kept from')
})

test('patience ends, or there is no network, and the reader is told what may have been done', {
  tag: '@deep',
}, async ({ page, product }) => {
  await withoutWorker(page)
  await page.clock.install()
  await openPanel(page, product)

  // Nothing of what shows an answer is loaded yet.
  await page.context().setOffline(true)
  await send(page)
  await expectWords(page, ['This browser is offline.'])
  await page.context().setOffline(false)

  api.behave = () => {}
  await send(page)
  await expect.poll(() => api.seen.length).toBeGreaterThan(0)
  await page.clock.fastForward(121_000)
  await expectWords(page, ['No answer in time', 'Certain', '120 seconds', 'may have acted'])

  await page.context().setOffline(true)
  await send(page)
  await expectWords(page, ['Offline', 'Certain', 'Nothing was sent.'])
})

test('a policy of this site that refuses the API is named', {
  tag: '@deep',
}, async ({ page, product }) => {
  await openPanel(page, product, { isAllowed: false })
  await send(page)
  await expectWords(page, [
    'Blocked by this site',
    'Certain',
    'security policy',
    'Nothing was sent.',
  ])
  expect(api.seen).toEqual([])
})

test('a plain API under a page that came over https is mixed content', {
  tag: '@deep',
}, async ({ page, product }) => {
  await withoutWorker(page)
  const from = new URL(product.api).origin
  const to = 'http://api.example'
  const change = { docs: product.docs, from, to, isAllowed: true, operation: {} }
  await page.route('https://docs.example/**', async (route) => {
    const { pathname, search } = new URL(route.request().url())
    await route.fulfill(await copyOf(change, pathname + search))
  })
  await page.goto(`https://docs.example${list}`)
  await page.getByRole('button', { name: 'Try it', exact: true }).click()
  await send(page)
  await expectWords(page, ['Mixed content', 'Certain', 'http://api.example is plain http'])
})
