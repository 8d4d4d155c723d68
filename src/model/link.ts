import { isObject } from '../document/index.ts'
import type { Anchors } from './anchor.ts'
import { text } from './field.ts'
import type { LinkDescription, Operation } from './operation.ts'
import { resolved } from './parameter.ts'
import { serverUrl } from './server.ts'
import type { Schemas } from './settled-schema.ts'

/** An operation by its `operationId`, or by a reference to its place in the document. */
export type FindOperation = (named: string) => Pick<Operation, 'summary' | 'href'> | undefined

/** The calls that an answer leads to. */
export function readLinks(
  links: unknown,
  schemas: Schemas,
  anchors: Anchors,
  steps: readonly string[],
  find: FindOperation,
): LinkDescription[] {
  return Object.entries(isObject(links) ? links : {}).map(([name, entry]) => {
    const raw = resolved(entry, schemas)
    const target = text(raw.operationId) || text(raw.operationRef)
    const found = find(target)
    const valueText = (value: unknown): string =>
      typeof value === 'string' ? value : schemas.document.jsonText(value)
    const parameters = isObject(raw.parameters) ? Object.entries(raw.parameters) : []
    return {
      name,
      description: text(raw.description),
      ...(found && { operation: { summary: found.summary, href: found.href } }),
      target,
      parameters: parameters.map(([name, value]) => ({ name, value: valueText(value) })),
      ...(raw.requestBody !== undefined && { body: valueText(raw.requestBody) }),
      ...(isObject(raw.server) && { server: serverUrl(raw.server) }),
      anchor: anchors.for([...steps, '*link', name]),
    }
  })
}
