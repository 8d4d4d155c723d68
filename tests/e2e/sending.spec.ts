import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { Ajv } from 'ajv'
import { harSchema } from '../try-it/har-schema.ts'
import { axeFindings } from './harness/axe.ts'
import { canRun, type Facts, factsOf, runSample } from './harness/echo-facts.ts'
import { typeParameter } from './harness/echo-form.ts'
import { type EchoParameter, echoParameters } from './harness/echo-parameters.ts'
import { type EchoSite, startEchoSite } from './harness/echo-site.ts'
import { expect, test } from './harness/fixtures.ts'

// Both the site and its API are none of the product's.
test.use({ expectedProblems: [/^request to a foreign host: http:\/\/localhost:/] })

let echo: EchoSite
let folder: string

test.beforeAll(async () => {
  test.setTimeout(300_000)
  echo = await startEchoSite()
  folder = await mkdtemp(join(tmpdir(), 'docs-echo-files-'))
  await Promise.all(files.map(({ name, buffer }) => writeFile(join(folder, name), buffer)))
})

test.afterAll(async () => {
  await echo?.close()
  await rm(folder, { recursive: true, force: true })
})

const panelOf = (page: Page) => page.getByRole('region', { name: 'Try it' })
const responseOf = (page: Page) => page.getByRole('region', { name: 'Response' })

async function open(page: Page, operation: string): Promise<Locator> {
  await page.goto(echo.page(operation))
  await page.getByRole('button', { name: 'Try it', exact: true }).click()
  const panel = panelOf(page)
  await panel.getByRole('button', { name: 'Send', exact: true }).waitFor()
  return panel
}

/** Presses what sends, and tells what came; once, and answered. */
async function send(page: Page): Promise<Facts> {
  echo.api.take()
  const received: Facts[] = []
  const count = (): number => received.push(...echo.api.take().map(factsOf))
  await page.keyboard.press('Control+Enter')
  await expect.poll(count).toBe(1)
  await expect(responseOf(page)).toContainText('200 OK')
  expect(count()).toBe(1)
  return received[0] as Facts
}

/** Runs the samples of the page until they are what is expected: they follow a moment later. */
async function expectSamples(
  page: Page,
  expected: Facts,
  { languages = ['cURL'], ...variables }: { languages?: string[]; ECHO_API_KEY?: string } = {},
): Promise<void> {
  for (const language of languages) {
    const sample = page
      .getByRole('tabpanel', { name: language, includeHidden: true })
      .locator('pre')
    await expect(async () => {
      echo.api.take()
      const code = ((await sample.textContent()) ?? '').replaceAll('/path/to/', `${folder}/`)
      const complaint = await runSample(language, code, variables)
      expect(echo.api.take().map(factsOf), `${complaint}\n${code}`).toEqual([expected])
    }).toPass({ timeout: 30_000 })
  }
}

const get: Facts = { method: 'GET', target: '', headers: [], body: '' }
const every = { languages: ['cURL', 'JavaScript', 'Python'].filter(canRun) }

function wires(parameters: readonly EchoParameter[]): string[] {
  return parameters.map(({ wire }) => wire).filter((wire) => wire !== '')
}

test('every style of a path, exploded or not, arrives as the specification says', async ({
  page,
}) => {
  const { path } = echoParameters
  const panel = await open(page, 'path')
  for (const one of path) await typeParameter(panel, one)
  const expected = { ...get, target: `/base/path/${wires(path).join('/')}` }
  expect(await send(page)).toEqual(expected)
  await expectSamples(page, expected, every)
})

test('every style of a query, exploded or not, arrives as the specification says', async ({
  page,
}) => {
  const { query } = echoParameters
  const panel = await open(page, 'query')
  for (const one of query) await typeParameter(panel, one)
  const expected = { ...get, target: `/base/query?${wires(query).join('&')}` }
  expect(await send(page)).toEqual(expected)
  await expectSamples(page, expected, every)
})

test('reserved characters, empty and absent, null, false, 0 and what nests keep their difference', async ({
  page,
}) => {
  const { values } = echoParameters
  const panel = await open(page, 'values')
  for (const one of values) await typeParameter(panel, one)
  const expected = { ...get, target: `/base/values?${wires(values).join('&')}` }
  expect(await send(page)).toEqual(expected)
  await expectSamples(page, expected, every)
})

test('every style of a header arrives as the specification says', async ({ page }) => {
  const { headers } = echoParameters
  const panel = await open(page, 'headers')
  for (const one of headers) await typeParameter(panel, one)
  const lines = headers.map(({ name, wire }) => `${name.toLowerCase()}: ${wire}`)
  const expected = { ...get, target: '/base/headers', headers: lines.toSorted() }
  expect(await send(page)).toEqual(expected)
  await expectSamples(page, expected)
})

test('cookies, which no page can set, stay at home, and the curl sends every style of them', async ({
  page,
}) => {
  const { cookies } = echoParameters
  const panel = await open(page, 'cookies')
  for (const one of cookies) await typeParameter(panel, one)
  await expect(panel).toContainText('A page cannot set cookies for another server')
  expect(await send(page)).toEqual({ ...get, target: '/base/cookies' })
  const headers = [`cookie: ${wires(cookies).join('; ')}`]
  await expectSamples(page, { ...get, target: '/base/cookies', headers })
  const shown = await panel.locator('pre').textContent()
  expect(shown).toContain(wires(cookies).join('; '))
})

test('rows are added, moved and taken away by keyboard, and each step is said', async ({
  page,
}) => {
  const panel = await open(page, 'query')
  const list = panel.getByRole('group', { name: /^formEachList/ })
  await typeParameter(panel, {
    in: 'query',
    name: 'formEachList',
    object: {},
    typed: { list: ['a', 'b', 'c'] },
    wire: '',
  })
  await page.keyboard.press('Alt+ArrowUp')
  await page.keyboard.press('Alt+ArrowUp')
  await expect(panel.getByRole('status').filter({ hasText: 'is now number 1 of 3' })).toBeAttached()
  await list.getByRole('button', { name: 'Remove value 2 of formEachList' }).press('Enter')
  await expect(panel.getByRole('status').filter({ hasText: 'removed' })).toBeAttached()
  await expect(list.getByRole('textbox', { name: 'formEachList, value 2' })).toBeFocused()
  expect((await send(page)).target).toBe('/base/query?formEachList=c&formEachList=b')

  // A list inside an object, emptied, is an empty list and no empty text.
  await open(page, 'values')
  const deep = { members: { tags: { list: ['x'] } } }
  await typeParameter(panel, { in: 'query', name: 'deep', object: {}, typed: deep, wire: '' })
  expect((await send(page)).target).toBe('/base/values?deep%5Btags%5D%5B0%5D=x')
  await panel.getByRole('button', { name: 'Remove value 1 of tags of deep' }).press('Enter')
  expect((await send(page)).target).toBe('/base/values')
})

test('the whole query in one media type', { tag: '@deep' }, async ({ page }) => {
  const panel = await open(page, 'whole')
  await panel.getByRole('textbox', { name: /^all/ }).fill('{"a b":"c&d","n":[1,2]}')
  const expected = { ...get, target: '/base/whole?a+b=c%26d&n=1&n=2' }
  expect(await send(page)).toEqual(expected)
  await expectSamples(page, expected, every)
})

test('T6: what is copied is what is sent, but for the credential', async ({ page }) => {
  const panel = await open(page, 'secured')
  await panel.getByRole('textbox', { name: /^q\b|^qquery/ }).fill('a')
  const expected = { ...get, target: '/base/secured?q=a' }
  expect(await send(page)).toEqual(expected)
  await expectSamples(
    page,
    { ...expected, headers: ['x-key: secret of the shell'] },
    { ECHO_API_KEY: 'secret of the shell' },
  )
})

// Not text: what is read as text on the way would not arrive as it is.
const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0xff])
const files = [
  { name: 'photo "1".png', mimeType: 'image/png', buffer: png },
  { name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('first\r\n') },
  { name: 'b', mimeType: '', buffer: Buffer.from([0, 1, 2, 0xfe]) },
] as const

/** Drops files on the place that takes them, as a hand on a mouse does. */
async function drop(place: Locator, dropped: readonly (typeof files)[number][]): Promise<void> {
  const data = await place.page().evaluateHandle(
    (list) => {
      const transfer = new DataTransfer()
      for (const { name, type, bytes } of list) {
        transfer.items.add(new File([new Uint8Array(bytes)], name, { type }))
      }
      return transfer
    },
    dropped.map(({ name, mimeType, buffer }) => ({ name, type: mimeType, bytes: [...buffer] })),
  )
  await place.dispatchEvent('dragover', { dataTransfer: data })
  await place.dispatchEvent('drop', { dataTransfer: data })
}

test('JSON as text and as a form is one body, its large numbers untouched', async ({ page }) => {
  const panel = await open(page, 'media')
  const example = panel.getByRole('combobox', { name: 'Example to fill in' })
  await example.selectOption('The second')
  const expected = {
    method: 'POST',
    target: '/base/media',
    headers: ['content-type: application/json'],
    body: '{\n  "id": 2,\n  "name": "two",\n  "note": null\n}',
  }
  expect(await send(page)).toEqual(expected)
  await writeBody(panel, '{"id": 12345678901234567890, "name": "a", "x": 1.10}')
  await panel.getByRole('button', { name: 'Form', exact: true }).press('Enter')
  await panel.getByRole('textbox', { name: 'name', exact: true }).fill('é "b"')
  await panel.getByRole('button', { name: 'Add note to the body' }).press('Enter')
  await panel.getByRole('button', { name: 'Set note to null' }).press('Enter')
  await panel.getByRole('button', { name: 'Add isOn to the body' }).press('Enter')
  await panel.getByRole('button', { name: 'JSON', exact: true }).press('Enter')
  const body =
    '{"id": 12345678901234567890, "name": "é \\"b\\"", "x": 1.10, "note": null, "isOn": false}'
  await expect(bodyOf(panel)).toHaveValue(body)
  const changed = { ...expected, body: latin1(body) }
  expect(await send(page)).toEqual(changed)
  await expectSamples(page, changed, every)
})

/** The body as text: a plain field, or the editor that takes its place when JSON is edited. */
function bodyOf(panel: Locator): Locator {
  return panel.getByRole('textbox', { name: /^Body/ })
}

async function writeBody(panel: Locator, text: string): Promise<void> {
  await bodyOf(panel).click()
  await panel.page().keyboard.press('ControlOrMeta+a')
  await panel.page().keyboard.insertText(text)
}

/** UTF-8 as `Facts` write it. */
function latin1(text: string): string {
  return Buffer.from(text).toString('latin1')
}

test('XML, text and a file as it is, chosen among the media types of one body', {
  tag: '@deep',
}, async ({ page }) => {
  const panel = await open(page, 'media')
  const mediaType = panel.getByRole('combobox', { name: 'Media type of the body' })
  for (const [type, text] of [
    ['application/xml', '<a>é</a>'],
    ['text/plain', 'line 1\nline 2'],
  ] as const) {
    await mediaType.focus()
    await mediaType.selectOption(type)
    const expected = {
      method: 'POST',
      target: '/base/media',
      headers: [`content-type: ${type}`],
      body: latin1(text),
    }
    expect(await send(page)).toEqual(expected)
    await writeBody(panel, `${text} '@$HOME\\n`)
    const changed = { ...expected, body: latin1(`${text} '@$HOME\\n`) }
    expect(await send(page)).toEqual(changed)
    await expectSamples(page, changed)
  }
  await mediaType.focus()
  await mediaType.selectOption('application/octet-stream')
  const file = panel.getByLabel(/^File/)
  await file.setInputFiles([files[0]])
  const expected = {
    method: 'POST',
    target: '/base/media',
    headers: ['content-type: application/octet-stream'],
    body: png.toString('latin1'),
  }
  expect(await send(page)).toEqual(expected)
  await expectSamples(page, expected, every)
  await drop(panel.locator('.try-file'), [files[2]])
  await expect(panel.getByRole('listitem')).toHaveText(/^b/)
  expect(await send(page)).toEqual({ ...expected, body: files[2].buffer.toString('latin1') })
})

test('an optional body is sent, or left out on purpose', async ({ page }) => {
  const panel = await open(page, 'optional')
  const with_ = {
    method: 'POST',
    target: '/base/optional',
    headers: ['content-type: application/json'],
    body: '{\n  "id": 1,\n  "name": "a"\n}',
  }
  expect(await send(page)).toEqual(with_)
  await panel.getByRole('checkbox', { name: 'Send a body' }).uncheck()
  const without = { ...with_, headers: [], body: '' }
  expect(await send(page)).toEqual(without)
  await expectSamples(page, without)
})

test('a form as one line: arrays, objects and reserved characters as their encoding says', async ({
  page,
}) => {
  const panel = await open(page, 'form')
  const add = (name: string, to: string) =>
    panel.getByRole('button', { name: `Add ${name} to ${to}`, exact: true }).press('Enter')
  const fill = (name: string, text: string) =>
    panel.getByRole('textbox', { name, exact: true }).fill(text)
  await fill('name', "a b&c=d+é'")
  await add('count', 'the body')
  await fill('count', '0')
  for (const list of ['tags', 'pipes']) {
    await add(list, 'the body')
    for (const [index, value] of ['x', 'y z'].entries()) {
      await add('a value', list)
      await fill(`${list}, value ${index + 1}`, value)
    }
  }
  await add('owner', 'the body')
  await add('id', 'owner')
  await fill('id', '12345678901234567890')
  await add('deep', 'the body')
  await add('a', 'deep')
  await fill('a', '1')
  await add('b', 'deep')
  await add('a value', 'b')
  await fill('b, value 1', 'q')
  await add('open', 'the body')
  await fill('open', 'a/b?c=d&e f')
  await add('none', 'the body')
  const expected = {
    method: 'POST',
    target: '/base/form',
    headers: ['content-type: application/x-www-form-urlencoded'],
    body: [
      'name=a+b%26c%3Dd%2B%C3%A9%27',
      'count=0',
      'tags=x&tags=y+z',
      'pipes=x%7Cy+z',
      'owner=%7B%22id%22%3A12345678901234567890%7D',
      'deep%5Ba%5D=1&deep%5Bb%5D%5B0%5D=q',
      'open=a/b?c=d%26e%20f',
      'none=',
    ].join('&'),
  }
  expect(await send(page)).toEqual(expected)
  await expectSamples(page, expected, every)
})

test('a form in parts: files by picker and by drop, each part in the type its encoding says', async ({
  page,
}) => {
  const panel = await open(page, 'multipart')
  const add = (name: string, to: string) =>
    panel.getByRole('button', { name: `Add ${name} to ${to}`, exact: true }).press('Enter')
  const fill = (name: string, text: string) =>
    panel.getByRole('textbox', { name, exact: true }).fill(text)
  await fill('title', 'é "1"')
  await add('count', 'the body')
  await fill('count', '7')
  await add('tags', 'the body')
  await add('a value', 'tags')
  await fill('tags, value 1', 'x')
  await add('a value', 'tags')
  await fill('tags, value 2', 'y')
  await add('meta', 'the body')
  await add('big', 'meta')
  await fill('big', '12345678901234567890')
  await add('page', 'the body')
  await fill('page', '<p>')
  await add('quoted', 'the body')
  await fill('quoted', 'text')
  await panel.getByLabel(/^photo/).setInputFiles([files[0]])
  const papers = panel.locator('.try-file').filter({ hasText: 'papers' })
  await papers.getByLabel(/^papers/).setInputFiles([files[1]])
  await drop(papers, [files[2]])
  await expect(papers.getByRole('listitem')).toHaveText([/^a\.txt/, /^b/])
  const part = (name: string, value: string, type?: string, fileName?: string) => ({
    headers: [
      `content-disposition: form-data; name="${name}"${fileName === undefined ? '' : `; filename="${fileName}"`}`,
      ...(type === undefined ? [] : [`content-type: ${type}`]),
    ],
    value,
  })
  const expected = {
    method: 'POST',
    target: '/base/multipart',
    headers: ['content-type: multipart/form-data'],
    body: [
      part('title', latin1('é "1"')),
      part('count', '7'),
      part('tags', 'x'),
      part('tags', 'y'),
      part('meta', '{"big":12345678901234567890}', 'application/json'),
      part('page', '<p>', 'text/html'),
      part('quoted', '"text"', 'application/json'),
      part('photo', png.toString('latin1'), 'image/png', 'photo %221%22.png'),
      part('papers', 'first\r\n', 'text/plain', 'a.txt'),
      part('papers', files[2].buffer.toString('latin1'), 'application/octet-stream', 'b'),
    ],
  }
  expect(await send(page)).toEqual(expected)
  await expectSamples(page, expected, every)
})

test.describe('what is wrong with a request', () => {
  test('T28: a path value that would lead elsewhere is refused at its field, and nothing leaves', async ({
    page,
  }) => {
    const panel = await open(page, 'refusals')
    const id = panel.getByRole('textbox', { name: /^id\s*required/ })
    await panel.getByRole('textbox', { name: /^count/ }).fill('1')
    echo.api.take()
    for (const [typed, words] of [
      ['', 'id is needed'],
      ['.', 'would make this another address'],
      ['..', 'would make this another address'],
      ['a/b', 'has a slash'],
      ['a\\b', 'has a slash'],
      ['a\ud800', 'half a character'],
    ] as const) {
      await write(id, typed)
      await page.keyboard.press('Control+Enter')
      await expect(id, typed).toHaveAccessibleDescription(new RegExp(words))
      await expect(id).toHaveAttribute('aria-invalid', 'true')
      await expect(panel.getByRole('alert').filter({ hasText: words }), typed).toBeVisible()
    }
    // Escaped, these stay where they are.
    await id.fill('%2e%2e;?#')
    const target = '/base/things/%252e%252e%3B%3F%23/end?count=1'
    await page.keyboard.press('Control+Enter')
    await expect(responseOf(page)).toContainText('200 OK')
    const received = echo.api.take().map(factsOf)
    expect(received).toEqual([{ ...get, target }])
  })

  test('header names and values that cannot go are refused at their field, the others go', async ({
    page,
  }) => {
    const panel = await open(page, 'refusals')
    await panel.getByRole('textbox', { name: /^count/ }).fill('1')
    const note = panel.getByRole('textbox', { name: /^X-Note/ })
    await paste(note, 'a\r\nX-Evil: 1')
    await expect(note).toHaveAccessibleDescription(/a line break, which a header cannot hold/)
    await expect(note).toHaveValue('')
    await note.fill('ü')
    await expect(note).toHaveAccessibleDescription(/only ASCII/)
    await note.fill('a b')
    await panel.getByRole('button', { name: 'Headers and Accept' }).press('Enter')
    await panel.getByRole('combobox', { name: 'Accept' }).selectOption('text/csv')
    await panel.getByRole('button', { name: 'Add a header' }).press('Enter')
    const name = panel.getByRole('textbox', { name: 'Name of header 1' })
    await expect(name).toBeFocused()
    const value = panel.getByRole('textbox', { name: /^Value of/ })
    await value.fill('1')
    echo.api.take()
    for (const [typed, words] of [
      ['a b', 'cannot be a header name'],
      ['Cookie', 'Browsers do not let a page send'],
      ['Date', 'Browsers do not let a page send'],
      ['Host', 'is set by the client'],
      ['Content-Length', 'is set by the client'],
      ['Sec-Fetch-Site', 'is set by the client'],
      ['Proxy-Authorization', 'is set by the client'],
      ['authorization', 'is set by the client'],
      ['x-api-key', 'is set by the client'],
      ['Accept', 'is chosen in its own field'],
      ['Content-Type', 'is chosen in its own field'],
    ] as const) {
      await name.fill(typed)
      await expect(name, typed).toHaveAccessibleDescription(new RegExp(words))
      await expect(value).toHaveAttribute('aria-invalid', 'true')
    }
    await page.keyboard.press('Control+Enter')
    await expect(panel.getByRole('alert').filter({ hasText: 'in its own field' })).toBeVisible()
    await name.fill('X-Own')
    const headers = ['accept: text/csv', 'x-note: a b', 'x-own: 1']
    const expected = { ...get, target: '/base/things/id/end?count=1', headers }
    await page.keyboard.press('Control+Enter')
    await expect(responseOf(page)).toContainText('200 OK')
    expect(echo.api.take().map(factsOf)).toEqual([expected])
    await expectSamples(page, expected)
  })

  test('what the API may dislike is said and sent anyway; a retry has the same key', async ({
    page,
  }) => {
    const panel = await open(page, 'refusals')
    const count = panel.getByRole('textbox', { name: /^count/ })
    const anyway = panel.getByRole('button', { name: 'Send anyway' })
    echo.api.take()
    await count.fill('')
    await page.keyboard.press('Control+Enter')
    await expect(count).toHaveAccessibleDescription(/count is needed/)
    await anyway.press('Enter')
    await expect(responseOf(page)).toContainText('200 OK')
    expect(echo.api.take().map(({ target }) => target)).toEqual(['/base/things/id/end'])
    await count.fill('0')
    await expect(count).toHaveAccessibleDescription(/1/)
    await expect(anyway).toBeVisible()
    await panel.getByRole('button', { name: 'Make one' }).press('Enter')
    const made = await panel.getByRole('textbox', { name: /^Idempotency-Key/ }).inputValue()
    expect(made).toMatch(/^[\da-f]{8}-[\da-f-]{27}$/)
    const headers = [`idempotency-key: ${made}`]
    const expected = { ...get, target: '/base/things/id/end?count=0', headers }
    expect(await send(page)).toEqual(expected)
    expect(await send(page)).toEqual(expected)
    await panel.getByRole('button', { name: 'Make another' }).press('Enter')
    expect(await send(page)).not.toEqual(expected)
  })

  test('Escape cancels what is on its way, and both are said', async ({ page }) => {
    const panel = await open(page, 'secured')
    const release = echo.api.hold()
    await page.keyboard.press('Control+Enter')
    await expect(panel.getByRole('button', { name: 'Cancel' })).toBeVisible()
    await expect(panel.getByRole('button', { name: 'Send', exact: true })).toBeDisabled()
    await page.keyboard.press('Escape')
    await expect(responseOf(page)).toContainText(/cancelled/i)
    release()
    await send(page)
    await expect(responseOf(page).getByRole('status').filter({ hasText: '200' })).toBeAttached()
  })

  for (const operation of ['values', 'cookies', 'media', 'multipart', 'refusals']) {
    test(`axe finds nothing on the form of ${operation}`, { tag: '@deep' }, async ({ page }) => {
      const panel = await open(page, operation)
      for (const one of operation === 'values' ? echoParameters.values : []) {
        await typeParameter(panel, one)
      }
      if (operation === 'media') {
        await panel.getByRole('button', { name: 'Form', exact: true }).press('Enter')
        await panel.getByRole('button', { name: 'Remove id' }).press('Enter')
      }
      if (operation === 'multipart') await panel.getByLabel(/^photo/).setInputFiles([files[0]])
      if (operation === 'refusals') {
        await panel.getByRole('button', { name: 'Headers and Accept' }).press('Enter')
        await panel.getByRole('button', { name: 'Add a header' }).press('Enter')
        await page.keyboard.insertText('a b')
      }
      expect(await axeFindings(page, '.try-panel')).toEqual([])
    })
  }
})

/** Writes what no keyboard has into a field: half a character is lost between here and there. */
async function write(field: Locator, text: string): Promise<void> {
  await field.evaluate(
    (input, codes) => {
      if (!(input instanceof HTMLInputElement)) throw new Error('This is no field.')
      input.value = String.fromCharCode(...codes)
      input.dispatchEvent(new Event('input', { bubbles: true }))
    },
    Array.from(text, (_, index) => text.charCodeAt(index)),
  )
}

async function paste(field: Locator, text: string): Promise<void> {
  await field.evaluate((input, pasted) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', pasted)
    const init = { clipboardData, bubbles: true, cancelable: true }
    const event = new ClipboardEvent('paste', init)
    input.dispatchEvent(event)
    if (!event.defaultPrevented) throw new Error('The paste went through.')
  }, text)
}

test.describe('a request that comes back', () => {
  test('T7: by a link, with values of every kind and nothing secret', async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const panel = await open(page, 'values')
    const { values } = echoParameters
    for (const one of values) await typeParameter(panel, one)
    await page.goto(await copyLink(page))
    await expect(panel.getByRole('textbox', { name: /^zero/ })).toHaveValue('0')
    const target = `/base/values?${wires(values).join('&')}`
    expect(await send(page)).toEqual({ ...get, target })

    await open(page, 'secured')
    for (const [name, typed] of [
      ['q', 'plain'],
      ['pass', 'canary-1'],
      ['access_token', 'canary-2'],
    ] as const) {
      await panel.getByRole('textbox', { name: new RegExp(`^${name}\\s*query`) }).fill(typed)
    }
    const link = await copyLink(page)
    const carried = Buffer.from(link.split('#try=')[1] ?? '', 'base64url').toString()
    expect(carried).toContain('plain')
    expect(carried).not.toContain('canary')
  })

  test('by the history of the tab, the same request again', async ({ page }) => {
    const panel = await open(page, 'values')
    const { values } = echoParameters
    for (const one of values) await typeParameter(panel, one)
    const sent = await send(page)
    await panel.getByRole('textbox', { name: /^zero/ }).fill('9')
    await panel.getByRole('combobox', { name: /^no/ }).first().selectOption('Not sent')
    expect(await send(page)).not.toEqual(sent)
    await openOldest(page, 'Open')
    await expect(panel.getByRole('textbox', { name: /^zero/ })).toHaveValue('0')
    expect(await send(page)).toEqual(sent)
    await expect(panel.getByText('3 calls in this tab')).toBeVisible()
    const download = page.waitForEvent('download')
    await panel.getByRole('button', { name: 'Save as HAR' }).press('Enter')
    const har = JSON.parse(await readFile(await (await download).path(), 'utf8'))
    expect(harFaults(har)).toEqual([])
    expect(har.log.entries).toHaveLength(3)
    expect(new URL(har.log.entries[0].request.url).search).toBe(
      sent.target.slice('/base/values'.length),
    )
  })

  test('its files are chosen again, and it is not repeated without them', async ({ page }) => {
    const panel = await open(page, 'multipart')
    await panel.getByRole('textbox', { name: 'title', exact: true }).fill('first')
    await panel.getByLabel(/^photo/).setInputFiles([files[0]])
    const sent = await send(page)
    await panel.getByRole('textbox', { name: 'title', exact: true }).fill('second')
    await panel.getByLabel(/^papers/).setInputFiles([files[1]])
    await send(page)
    await openOldest(page, 'Repeat')
    const photo = panel.locator('.try-file').filter({ hasText: 'photo' })
    await expect(photo.getByRole('status')).toHaveText(
      'What was chosen here is not kept: choose it again.',
    )
    await expect(panel.getByRole('textbox', { name: 'title', exact: true })).toHaveValue('first')
    await expect(panel.getByRole('button', { name: /^Remove .*\.(png|txt)/ })).toHaveCount(0)
    await panel.getByLabel(/^photo/).setInputFiles([files[0]])
    await expect(photo.getByRole('status')).toHaveCount(0)
    // Nothing has left meanwhile: `send` counts.
    expect(echo.api.take()).toEqual([])
    expect(await send(page)).toEqual(sent)
  })
})

async function copyLink(page: Page): Promise<string> {
  const button = page.getByRole('button', { name: 'Copy a link to this request' })
  await button.press('Enter')
  await expect(page.getByRole('status').filter({ hasText: 'Copied.' })).toBeAttached()
  return page.evaluate(() => navigator.clipboard.readText())
}

/** Finds the first call of the tab and opens or repeats it. */
async function openOldest(page: Page, what: 'Open' | 'Repeat'): Promise<void> {
  await page.getByText(/^\d calls in this tab/).click()
  await page
    .getByRole('button', { name: new RegExp(`^${what} (GET|POST) `) })
    .last()
    .press('Enter')
}

function harFaults(har: object): unknown[] {
  const isValid = new Ajv({
    allErrors: true,
    formats: { 'date-time': true, uri: URL.canParse },
  }).compile(harSchema)
  return isValid(har) ? [] : (isValid.errors ?? [])
}
