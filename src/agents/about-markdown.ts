import { schemeTitle } from '../components/reference/scheme-title.ts'
import type { Reference, SecuritySchemeDescription, ServerDescription } from '../model/operation.ts'
import { settleDescription } from './description.ts'
import { documentLink, type Link } from './links.ts'
import { blocks, codeSpan, indented, oneLine, plainWords } from './markdown-text.ts'
import { describedItem } from './schema-markdown.ts'

/** Where calls go, with what may be put into the addresses. */
export function serverLines(servers: readonly ServerDescription[], link: Link): string {
  return servers
    .flatMap(({ url, description, variables }) => [
      ...describedItem(codeSpan(url), description, link),
      ...indented(
        variables.flatMap((variable) => {
          const facts = [
            ...(variable.default ? [`default ${codeSpan(variable.default)}`] : []),
            ...(variable.enum.length > 0
              ? [`one of ${variable.enum.map(codeSpan).join(', ')}`]
              : []),
          ].join(', ')
          const head = `${codeSpan(variable.name)}${facts ? ` (${facts})` : ''}`
          return describedItem(head, variable.description, link)
        }),
      ),
    ])
    .join('\n')
}

/** How a caller says who it is. */
export function schemesMarkdown(schemes: readonly SecuritySchemeDescription[], link: Link): string {
  if (schemes.length === 0) return ''
  const term = ({ label, value }: { label: string; value: string }): string =>
    `- ${plainWords(label)}: ${codeSpan(value)}`
  return blocks(
    '## Authentication',
    ...schemes.map((scheme) =>
      blocks(
        `### ${plainWords(scheme.name)}: ${plainWords(schemeTitle(scheme))}${scheme.deprecated ? ' (deprecated)' : ''}`,
        settleDescription(scheme.description, 4, link),
        scheme.facts.map(term).join('\n'),
        ...scheme.flows.map(({ name, facts, scopes }) =>
          blocks(
            `${plainWords(name)} flow:`,
            [
              ...facts.map(term),
              ...scopes.map((scope) => {
                const words = oneLine(scope.description)
                const danger = scope.dangerous ? ' **It deletes or spends.**' : ''
                return `- ${codeSpan(scope.name)}: ${words}${danger}`
              }),
            ].join('\n'),
          ),
        ),
      ),
    ),
  )
}

/** Who stands behind the API, and on what terms. */
export function aboutMarkdown(reference: Reference, link: Link): string {
  const { contact, license, termsOfService, externalDocs } = reference
  const lines = [
    ...(externalDocs
      ? [`- ${documentLink(externalDocs.description || externalDocs.url, externalDocs.url, link)}`]
      : []),
    ...(contact
      ? [
          `- Contact: ${[contact.name, contact.url, contact.email].filter(Boolean).map(oneLine).join(', ')}`,
        ]
      : []),
    ...(license
      ? [
          `- Licence: ${[license.name, license.identifier, license.url].filter(Boolean).map(oneLine).join(', ')}`,
        ]
      : []),
    ...(termsOfService ? [`- Terms of service: ${oneLine(termsOfService)}`] : []),
  ]
  return lines.length > 0 ? blocks('## About this API', lines.join('\n')) : ''
}
