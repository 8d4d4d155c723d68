import { describe, expect, test } from 'vitest'
import { commonAnswers } from '../../src/components/operation/answers.ts'
import type { SchemaView } from '../../src/model/operation.ts'
import { reference, textAt } from './reference.ts'

describe.each(reference.operations.map((operation) => [operation.id, operation] as const))(
  'the twin of %s',
  (_, operation) => {
    // What leads to the page of a schema reads like its name.
    const text = textAt(operation.href).replace(/\[([^\]]+)\]\(\S*\/schemas\/[^)\s]+\)/g, '$1')
    const lines = text.split('\n')

    test('has one title, the method and the whole path', () => {
      expect(lines.filter((line) => line.startsWith('# '))).toEqual([`# ${operation.summary}`])
      expect(text).toContain(`\`${operation.method} /v1${operation.path}\``)
    })

    test('names every scope, and what the call destroys or spends', () => {
      for (const { scopes } of operation.security.flat()) {
        for (const { name, description } of scopes) {
          expect(text).toContain(`\`${name}\``)
          expect(text).toContain(description)
        }
      }
      if (operation.security.length === 0) expect(text).toContain('no credential needed')
      if (operation.confirm) expect(text).toContain(operation.confirm)
    })

    test('has each parameter below its place, with its limits, default and values', () => {
      for (const { name, in: place, required, view } of operation.parameters) {
        const title = {
          path: 'Path',
          query: 'Query',
          querystring: 'Query string',
          header: 'Headers',
          cookie: 'Cookies',
        }[place]
        const section = sectionOf(text, `## ${title}`)
        const line = section.split('\n').find((one) => one.startsWith(`- \`${name}\` (`)) ?? ''
        expect(line, name).not.toBe('')
        expect(/[(,] ?required[,)]/.test(line), `${name} required`).toBe(required)
        expectFacts(section, line, view)
      }
    })

    test('has each property of the body at its depth', () => {
      if (!operation.requestBody) return expect(text).not.toContain('\n## Body\n')
      const section = sectionOf(text, '## Body')
      for (const { view, mediaType } of operation.requestBody.content) {
        expect(section).toContain(`\`${mediaType}\``)
        if (view) expectInside(section, view)
      }
    })

    test('has each answer with its fields, and each error with its codes and their meaning', () => {
      const answers = sectionOf(text, '## Answers')
      for (const { status, description, content, problems, headers } of operation.responses) {
        const error = /^[45]/.test(status)
        const head = error ? `- ${status} ` : `### ${status} `
        expect(answers).toContain(head)
        expect(flat(answers)).toContain(flat(description))
        for (const { code, meaning } of problems) {
          expect(answers).toContain(`  - \`${code}\`: ${flat(meaning)}`)
        }
        for (const { view } of content) if (view) expectInside(answers, view, error)
        for (const { name } of headers) expect(answers).toContain(`- \`${name}\` (`)
      }
    })

    test('shows each example that its page shows', () => {
      const common = commonAnswers(reference)
      for (const response of operation.responses.filter((one) => !common.has(one))) {
        for (const { examples } of response.content) {
          for (const example of examples) expect(text).toContain(example.text)
        }
      }
      for (const { examples } of operation.requestBody?.content ?? []) {
        for (const example of examples) expect(text).toContain(example.text)
      }
    })

    test('has a curl line for the first environment, without a credential of anyone', () => {
      const [request = ''] = sectionOf(text, '## Request').match(/```sh\n[\s\S]*?\n```/) ?? []
      expect(request).toContain('https://api.streamloop.app/v1/')
      const [credential] = operation.credentials
      expect(request.includes('$STREAMLOOP_API_KEY')).toBe(credential !== undefined)
      expect(text).not.toMatch(/\bsl_[A-Za-z0-9]/)
    })
  },
)

/** From a heading to the next one of its level. */
function sectionOf(text: string, heading: string): string {
  const start = text.indexOf(`\n${heading}\n`)
  if (start < 0) return ''
  const rest = text.slice(start + heading.length + 2)
  const end = rest.search(/\n## /)
  return end < 0 ? rest : rest.slice(0, end)
}

function expectFacts(section: string, line: string, view: SchemaView): void {
  expect(line).toContain(view.type)
  for (const fact of view.facts.filter((one) => !one.startsWith('matches'))) {
    expect(line).toContain(fact)
  }
  if (view.format) expect(line).toContain(view.format)
  if (view.default !== undefined) expect(line).toContain(`default \`${view.default}\``)
  for (const { value, description } of view.enum ?? view.items?.enum ?? []) {
    expect(section).toContain(`\`${value}\``)
    expect(flat(section)).toContain(flat(description))
  }
}

/** The codes of an error stand beside its status, not in its field. */
function expectInside(section: string, view: SchemaView, error = false, depth = 0): void {
  for (const { name, schema } of view.properties) {
    const start = `${'  '.repeat(depth)}- \`${name}\` (${schema.type}`
    const lines = section.split('\n').filter((one) => one.startsWith(start))
    const marks = (one: string): boolean =>
      schema.facts.every((fact) => fact.startsWith('matches') || one.includes(fact))
    const line = lines.find(marks)
    expect(line, start).toBeDefined()
    if (!error) expectFacts(section, line ?? '', schema)
    expect(flat(section)).toContain(flat(schema.description))
    expectInside(section, schema, error, depth + 1)
  }
  if (view.items) expectInside(section, view.items, error, depth)
  if (view.additionalProperties) {
    expect(section).toContain(`${'  '.repeat(depth)}- any other name (`)
    expectInside(section, view.additionalProperties, error, depth + 1)
  }
  for (const { label, schema } of (view.alternatives ?? []).flatMap(({ options }) => options)) {
    expect(section).toContain(label)
    expectInside(section, schema, error, depth + 2)
  }
}

function flat(text: string): string {
  return text.trim().replace(/\s+/g, ' ')
}
