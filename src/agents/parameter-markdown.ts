import {
  encodingInWords,
  styleInWords,
  writtenExamples,
} from '../components/operation/parameter-words.ts'
import type { LinkDescription, MediaTypeDescription, Parameter } from '../model/operation.ts'
import type { Link } from './links.ts'
import { codeSpan, indented, plainWords } from './markdown-text.ts'
import { describedItem, rowLines } from './schema-markdown.ts'

/** A parameter: what it is, how it is written, and what it looks like then. */
export function parameterLines(parameter: Parameter, link: Link): string[] {
  const style = styleInWords(parameter)
  const examples = writtenExamples(parameter)
  // Its examples stand below, as they are sent.
  const row = { ...parameter, schema: { ...parameter.view, examples: [] } }
  return [
    ...rowLines(row, { link, received: false }),
    ...indented([
      ...(style === undefined ? [] : [`- How it is sent: ${plainWords(style)}`]),
      ...examples.flatMap((example) => {
        const { summary, name, description, written, externalValue, generated } = example
        const which = summary || examples.length > 1 ? ` ${plainWords(summary || name)}` : ''
        const meant = example.value ? `, which is ${codeSpan(example.value)}` : ''
        const value = written ? `${codeSpan(written)}${meant}` : (externalValue ?? '')
        const head = `${generated ? 'Made example' : 'Example'}${which}: ${value}`
        return describedItem(head, description, link)
      }),
    ]),
  ]
}

/** How the parts of a form are written. */
export function encodingLines({ encoding }: MediaTypeDescription, link: Link): string[] {
  if (!encoding) return []
  return [
    'How its parts are written:',
    '',
    ...Object.entries(encoding).flatMap(([name, part]) => [
      `- ${codeSpan(name)}: ${plainWords(encodingInWords(part))}`,
      ...indented(
        (part.headers ?? []).flatMap((header) =>
          rowLines({ ...header, schema: header.view }, { link, received: false }),
        ),
      ),
    ]),
  ]
}

/** The calls that an answer leads to. */
export function linkLines(links: readonly LinkDescription[] = [], link: Link): string[] {
  return links.flatMap(({ name, description, operation, target, parameters, body, server }) => {
    const to = operation
      ? `[${plainWords(operation.summary)}](${link(operation.href)})`
      : plainWords(target)
    const values = parameters.map((one) => `${codeSpan(one.name)} is ${codeSpan(one.value)}`)
    return [
      ...describedItem(`Link ${codeSpan(name)} to ${to}`, description, link),
      ...indented([
        ...values.map((value) => `- ${value}`),
        ...(body === undefined ? [] : [`- the body is ${codeSpan(body)}`]),
        ...(server ? [`- at ${codeSpan(server)}`] : []),
      ]),
    ]
  })
}
