import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { fieldKind } from '../../src/try-it/request/field-kind.ts'
import { Form, readSavedForm } from '../../src/try-it/request/form.ts'
import { operation, parameter, view } from './fixture.ts'

let form: Form
beforeEach(() => {
  form = new Form(operation())
})

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
  field('query:limit').text.value = '12345678901234567890'
  field('query:state').list.value = ['a', '', 'b,c']
  expect(form.values.value.parameters).toEqual({
    'path:id': 'thing_1',
    'query:limit': '12345678901234567890',
    'query:state': ['a', '', 'b,c'],
  })
})

test('what a page cannot send is no field', () => {
  expect(form.fields.map(({ key }) => key)).not.toContain('cookie:theme')
  expect(form.unsendable.map(({ name }) => name)).toEqual(['theme'])
})

describe('a secret', () => {
  test('of the body stands in a field of its own, not in the text', () => {
    expect(form.body.value).toBe('{\n  "name": "Lofi",\n  "rtmpKey": ""\n}')
    expect(form.bodySecrets.value.get('rtmpKey')).toBe('live_example')
  })

  test('typed into its field is sent, and the samples show the example', () => {
    form.bodySecrets.value = new Map([['rtmpKey', 'live_real"key']])
    field('header:X-Pin').text.value = '1234'
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
    form.body.value = '{"name":"x","rtmpKey":"live_typed"}'
    form.liftSecrets()
    expect(form.body.value).toBe('{"name":"x","rtmpKey":""}')
    expect(form.bodySecrets.value.get('rtmpKey')).toBe('live_typed')
  })

  test('is put in where the text has no place for it', () => {
    form.body.value = '{\n  "name": "x"\n}'
    form.bodySecrets.value = new Map([['rtmpKey', 'k']])
    expect(JSON.parse(form.values.value.body ?? '')).toEqual({ name: 'x', rtmpKey: 'k' })
    form.body.value = '{}'
    expect(JSON.parse(form.values.value.body ?? '')).toEqual({ rtmpKey: 'k' })
  })

  test('is no part of what is stored, even when it was typed into the text', () => {
    form.body.value = '{"name":"x","rtmpKey":"live_typed"}'
    field('header:X-Pin').text.value = '1234'
    const saved = JSON.stringify(form.save('Sandbox', false))
    expect(saved).not.toContain('live_typed')
    expect(saved).not.toContain('1234')
    expect(form.secrets()).toEqual({ 'header:X-Pin': '1234', 'body:rtmpKey': 'live_typed' })
  })
})

test('a form that was stored comes back as it was', () => {
  field('path:id').text.value = 'thing_2'
  field('query:state').list.value = ['a', 'b']
  form.body.value = '{"name":"Rock \'n\' roll","rtmpKey":"k"}'
  const saved = readSavedForm(JSON.parse(JSON.stringify(form.save('Sandbox', true))), 'createThing')
  const secrets = form.secrets()
  const sent = form.values.value
  form = new Form(operation())
  if (saved) form.restore(saved)
  expect(form.restoreSecrets(secrets, saved?.secretNames ?? [])).toEqual([])
  expect(saved?.repeat).toBe(true)
  expect(form.values.value).toEqual(sent)
})

test('a secret that did not come back is asked for, and no example takes its place', () => {
  field('header:X-Pin').text.value = '1234'
  const { secretNames } = form.save('Sandbox', true)
  form = new Form(operation())
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
  ['a parameter', () => (field('query:limit').text.value = 'sl_4f9a2b7c1d8e3f60')],
  ['an item of a list', () => (field('query:state').list.value = ['a', 'Bearer SL_4f9a2b7c1d8e'])],
  ['a masked field', () => (field('header:X-Pin').text.value = 's\u200bl_4f9a2b7c1d8e')],
  ['the body', () => (form.body.value = '{"name":"sl_4f9a2b7c1d8e3f60"}')],
  [
    'a secret of the body',
    () => (form.bodySecrets.value = new Map([['rtmpKey', '"sl_4f9a2b7c1d"']])),
  ],
])('an API key in %s is seen before anything is sent', (_name, type) => {
  expect(form.holdsApiKey()).toBe(false)
  type()
  expect(form.holdsApiKey()).toBe(true)
})

test.each(['hls_url', 'sl_title', 'the prefix sl_ in prose', 'slate_12345678'])(
  '%s is no API key',
  (text) => {
    form.body.value = JSON.stringify({ name: text })
    expect(form.holdsApiKey()).toBe(false)
  },
)

describe('a field fits its schema', () => {
  const kind = (schema: Record<string, unknown>, change = {}) =>
    fieldKind(parameter({ name: 'x', in: 'query', schema, view: view(change) }))

  test.each([
    ['boolean', { type: 'boolean' }, {}],
    ['boolean', { type: ['null', 'boolean'] }, {}],
    ['number', { type: 'integer' }, {}],
    ['number', { anyOf: [{ type: 'null' }, { type: 'number' }] }, {}],
    ['number', { $ref: '#/$defs/Count', $defs: { Count: { type: 'integer' } } }, {}],
    ['choice', { type: 'string' }, { enum: [{ value: '"a"', description: '' }] }],
    ['choice', { const: 'a' }, { const: '"a"' }],
    ['date-time', { type: 'string' }, { format: 'date-time' }],
    ['list', { type: 'array' }, { items: view() }],
    ['choices', { type: 'array' }, { items: view({ enum: [{ value: '"a"', description: '' }] }) }],
    ['pairs', { type: 'object' }, {}],
    ['text', { type: 'string' }, {}],
    ['text', { $ref: '#/$defs/Loop', $defs: { Loop: { $ref: '#/$defs/Loop' } } }, {}],
  ])('%s for %j', (expected, schema, change) => {
    expect(kind(schema, change)).toBe(expected)
  })
})
