import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import type { SchemaView } from '../../src/model/operation.ts'
import type { BodyForm } from '../../src/try-it/request/body/body-form.ts'
import { Form } from '../../src/try-it/request/form.ts'
import { loadParts } from '../../src/try-it/request/load-parts.ts'
import { fieldKind } from '../../src/try-it/request/parameter/field-kind.ts'
import { readSavedForm } from '../../src/try-it/request/saved-form.ts'
import { operation, parameter, view } from './fixture.ts'

let form: Form
let body: BodyForm
beforeEach(async () => {
  await renew()
})

async function renew(): Promise<void> {
  const parts = await loadParts(operation())
  if (!parts.body) throw new Error('No body.')
  body = parts.body
  form = new Form(operation(), body)
}

const field = (key: string) => {
  const found = form.fields.find((one) => one.key === key)
  if (!found) throw new Error(`No field ${key}.`)
  return found
}

test('it begins with the examples of what is required, and leaves the rest out', () => {
  expect(form.values.value).toEqual({
    parameters: { 'path:id': 'thing_1' },
    mediaType: 'application/json',
    body: '{\n  "name": "Lofi",\n  "rtmpKey": "live_example"\n}',
  })
})

test('what is typed is what is sent, digits and all', () => {
  field('query:limit').value.value = '12345678901234567890'
  field('query:state').value.value = ['a', '', 'b,c']
  expect(form.values.value.parameters).toEqual({
    'path:id': 'thing_1',
    'query:limit': '12345678901234567890',
    'query:state': ['a', '', 'b,c'],
  })
})

test('what a page cannot send is no field', () => {
  expect(form.fields.map(({ key }) => key)).not.toContain('cookie:theme')
  expect(form.unsendable.map(({ parameter: { name } }) => name)).toEqual(['theme'])
})

describe('a secret', () => {
  test('of the body stands in a field of its own, not in the text', () => {
    expect(body.text.value).toBe('{\n  "name": "Lofi",\n  "rtmpKey": ""\n}')
    expect(body.secrets.value.get('rtmpKey')).toBe('live_example')
  })

  test('typed into its field is sent, and the samples show the example', () => {
    body.secrets.value = new Map([['rtmpKey', 'live_real"key']])
    field('header:X-Pin').value.value = '1234'
    expect(JSON.parse(form.values.value.body ?? '')).toEqual({
      name: 'Lofi',
      rtmpKey: 'live_real"key',
    })
    expect(form.values.value.parameters['header:X-Pin']).toBe('1234')
    const printed = JSON.stringify(form.printable.value)
    expect(printed).toContain('live_example')
    expect(printed).not.toContain('live_real')
    expect(printed).not.toContain('1234')
  })

  test('typed into the text moves to its field', () => {
    body.text.value = '{"name":"x","rtmpKey":"live_typed"}'
    body.liftSecrets()
    expect(body.text.value).toBe('{"name":"x","rtmpKey":""}')
    expect(body.secrets.value.get('rtmpKey')).toBe('live_typed')
  })

  test('is put in where the text has no place for it', () => {
    body.text.value = '{\n  "name": "x"\n}'
    body.secrets.value = new Map([['rtmpKey', 'k']])
    expect(JSON.parse(form.values.value.body ?? '')).toEqual({ name: 'x', rtmpKey: 'k' })
    body.text.value = '{}'
    expect(JSON.parse(form.values.value.body ?? '')).toEqual({ rtmpKey: 'k' })
  })

  test('is no part of what is stored, even when it was typed into the text', () => {
    body.text.value = '{"name":"x","rtmpKey":"live_typed"}'
    field('header:X-Pin').value.value = '1234'
    const saved = JSON.stringify(form.save('Sandbox', false))
    expect(saved).not.toContain('live_typed')
    expect(saved).not.toContain('1234')
    expect(form.secrets()).toEqual({ 'header:X-Pin': '1234', 'body:rtmpKey': 'live_typed' })
  })
})

test('a form that was stored comes back as it was', async () => {
  field('path:id').value.value = 'thing_2'
  field('query:state').value.value = ['a', 'b']
  body.text.value = '{"name":"Rock \'n\' roll","rtmpKey":"k"}'
  const saved = readSavedForm(JSON.parse(JSON.stringify(form.save('Sandbox', true))), 'createThing')
  const secrets = form.secrets()
  const sent = form.values.value
  await renew()
  if (saved) form.restore(saved)
  expect(form.restoreSecrets(secrets, saved?.secretNames ?? [])).toEqual([])
  expect(saved?.repeat).toBe(true)
  expect(form.values.value).toEqual(sent)
})

test('what the samples alone carry comes back too, unless it looks like a credential', () => {
  const parameters = [
    parameter({ name: 'theme', in: 'cookie' }),
    parameter({ name: 'session', in: 'cookie' }),
  ]
  const typed = new Form(operation({ parameters }))
  for (const { value } of typed.unsendable) value.value = 'typed'
  const saved = typed.save('Sandbox', false)
  expect(JSON.stringify(saved)).not.toContain('session')
  const back = new Form(operation({ parameters }))
  back.restore(saved)
  expect(back.unsendable.map(({ value }) => value.value)).toEqual(['typed', undefined])
})

test('files are not stored: their parts are named, and files of another request go away', () => {
  body.useFiles('photo', [{ name: 'private.png', type: '' }])
  const saved = readSavedForm(form.save('Sandbox', false), 'createThing')
  expect(JSON.stringify(saved)).not.toContain('private')
  body.useFiles('photo', [])
  body.useFiles('other', [{ name: 'b', type: '' }])
  if (saved) form.restore(saved)
  expect(body.files.value).toEqual({})
  expect(body.filesLeftOut.value).toEqual(['photo'])
  // Shared before they are chosen again, it is still no whole form.
  expect(form.save('Sandbox', false).filesLeftOut).toEqual(['photo'])
  body.useFiles('photo', [{ name: 'c', type: '' }])
  expect(body.filesLeftOut.value).toEqual([])
  body.useFiles('photo', [])
  expect(form.save('Sandbox', false).filesLeftOut).toBeUndefined()
})

test('a secret that did not come back is asked for, and no example takes its place', async () => {
  field('header:X-Pin').value.value = '1234'
  const { secretNames } = form.save('Sandbox', true)
  await renew()
  expect(form.restoreSecrets({}, secretNames)).toEqual(['X-Pin', 'rtmpKey'])
  expect(JSON.parse(form.values.value.body ?? '')).toEqual({ name: 'Lofi', rtmpKey: '' })
})

test('a stored form of another operation or shape is nothing, and nothing breaks', () => {
  const saved = form.save('Sandbox', false)
  expect(readSavedForm(saved, 'otherThing')).toBeUndefined()
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(saved)), fc.jsonValue(), (name, value) => {
      const read = readSavedForm({ ...saved, [name]: value }, 'createThing')
      if (read) new Form(operation()).restore(read)
    }),
    { numRuns: 1000 },
  )
})

test.each([
  ['a parameter', () => (field('query:limit').value.value = 'sl_4f9a2b7c1d8e3f60')],
  ['an item of a list', () => (field('query:state').value.value = ['a', 'Bearer SL_4f9a2b7c1d8e'])],
  ['a masked field', () => (field('header:X-Pin').value.value = 's\u200bl_4f9a2b7c1d8e')],
  ['the body', () => (body.text.value = '{"name":"sl_4f9a2b7c1d8e3f60"}')],
  ['a secret of the body', () => (body.secrets.value = new Map([['rtmpKey', '"sl_4f9a2b7c1d"']]))],
])('an API key in %s is seen before anything is sent', (_name, type) => {
  expect(form.holdsApiKey()).toBe(false)
  type()
  expect(form.holdsApiKey()).toBe(true)
})

test.each(['hls_url', 'sl_title', 'the prefix sl_ in prose', 'slate_12345678'])(
  '%s is no API key',
  (text) => {
    body.text.value = JSON.stringify({ name: text })
    expect(form.holdsApiKey()).toBe(false)
  },
)

test.each([
  ['choice', { type: 'boolean' }],
  ['choice', { type: 'boolean or null', nullable: true }],
  ['number', { type: 'integer' }],
  ['number', { type: 'number or null' }],
  ['choice', { enum: [{ value: '"a"', description: '' }] }],
  ['choice', { const: '"a"' }],
  ['date-time', { format: 'date-time' }],
  ['list', { type: 'array of string', items: view() }],
  ['list', { type: 'array' }],
  [
    'choices',
    { type: 'array of string', items: view({ enum: [{ value: '"a"', description: '' }] }) },
  ],
  ['object', { type: 'object' }],
  [
    'object',
    {
      type: 'A or B',
      alternatives: [
        { kind: 'oneOf', options: [{ label: 'A', schema: view({ type: 'object' }) }] },
      ],
    },
  ],
  ['text', { type: 'string' }],
  ['text', { type: 'string or array of string' }],
] as const)('a field is a %s for %j', (kind, change) => {
  const described = parameter({ name: 'x', in: 'query', view: view(change as Partial<SchemaView>) })
  expect(fieldKind(described)).toBe(kind)
})

test('null, false and 0 are values like others', async () => {
  const typed = { nullable: true, type: 'boolean or null' }
  const parameters = [parameter({ name: 'x', in: 'query', view: view(typed) })]
  form = new Form(operation({ parameters }))
  for (const text of ['null', 'false', '0', '']) {
    field('query:x').value.value = text
    expect(form.values.value.parameters).toEqual({ 'query:x': text })
  }
  field('query:x').value.value = undefined
  expect(form.values.value.parameters).toEqual({})
})
