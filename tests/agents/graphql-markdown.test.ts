import { expect, test } from 'vitest'
import { plainText } from '../../src/markdown/first-sentence.ts'
import { graphql, reference, textAt } from './reference.ts'

test('the twin of a query or mutation tells its scope, arguments, answer and a curl', () => {
  for (const field of graphql.roots.flatMap((root) => root.fields)) {
    const text = textAt(field.href)
    const operation = reference.operations.find(({ id }) => id === field.operation)
    for (const scope of operation?.security.flat().flatMap(({ scopes }) => scopes) ?? []) {
      expect(text, field.name).toContain(`\`${scope.name}\``)
    }
    for (const { name, required } of field.args) {
      expect(text).toMatch(new RegExp(`^- \`${name}\`: .*${required ? 'required' : ''}`, 'm'))
    }
    const answer = graphql.types.find(({ name }) => name === field.type.name)
    for (const { name } of answer?.fields ?? []) expect(text).toContain(`- \`${name}\`: `)
    expect(text).toContain('```sh\ncurl https://api.streamloop.app/graphql')
    if (operation?.confirm) expect(text).toContain(operation.confirm)
  }
})

test('the twin of a type tells each field, value, deprecation, and who uses it', () => {
  for (const type of graphql.types) {
    const text = plainText(textAt(type.href))
    for (const one of [...type.fields, ...type.inputs, ...type.values]) {
      expect(text, type.name).toContain(`- ${one.name}`)
      expect(text, type.name).toContain(plainText(one.description).split('\n')[0])
      if (one.deprecated !== undefined) expect(text).toContain(plainText(one.deprecated))
    }
    for (const { label } of type.usedBy) expect(text).toContain(label)
  }
})
