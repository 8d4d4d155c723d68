import { expect, test } from 'vitest'
import { readSite, SettingError } from '../../src/site.ts'

test('a production build speaks of Streamloop, and of the sandbox where it is asked to', () => {
  const names = (env: NodeJS.ProcessEnv) => readSite(env).environments.map(({ name }) => name)
  expect(names({})).toEqual(['Production'])
  expect(names({ WITH_SANDBOX: '1' })).toEqual(['Production', 'Sandbox'])
  expect(names({ DOCS_TARGET: 'local' })).toEqual(['Sandbox'])
})

test("someone else's document is never sent to Streamloop's addresses", () => {
  expect(readSite({ OPENAPI_DOCUMENT: 'theirs.yaml' }).environments).toEqual([])
})

test("someone else's API can be called where the build says where it is", () => {
  const env = {
    OPENAPI_DOCUMENT: 'theirs.yaml',
    DOCS_ENVIRONMENTS: 'Test = http://localhost:5000/, Live=https://api.example',
  }
  expect(readSite(env).environments).toEqual([
    { name: 'Test', api: 'http://localhost:5000' },
    { name: 'Live', api: 'https://api.example' },
  ])
})

test('the base path comes from the address of the docs', () => {
  expect(readSite({})).toMatchObject({ origin: 'https://streamloop.app', base: '/docs' })
  expect(readSite({ SITE_URL: 'https://docs.example/' })).toMatchObject({ base: '/' })
})

test('a variable that cannot be used is named', () => {
  expect(() => readSite({ API_PORT: '99999' })).toThrow(SettingError)
  expect(() => readSite({ API_PORT: '4321' })).toThrow(/API_PORT is 4321, which DOCS_PORT has/)
  expect(() => readSite({ DOCS_TARGET: 'moon' })).toThrow(/DOCS_TARGET is "moon"/)
  expect(() => readSite({ DOCS_ENVIRONMENTS: 'https://a.example' })).toThrow(/write Name=/)
  expect(() => readSite({ DOCS_ENVIRONMENTS: 'A=b' })).toThrow(/DOCS_ENVIRONMENTS is "b"/)
  expect(() => readSite({ SITE_URL: 'docs' })).toThrow(/SITE_URL is "docs"/)
})
