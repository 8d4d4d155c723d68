/** An operation as the site's own `/openapi.json` tells it. */
export interface DescribedOperation {
  id: string
  tag: string
  summary: string
  /** Upper case. */
  method: string
  path: string
  /** Below the site's base. */
  href: string
  /** Status codes in the document's order. */
  statuses: string[]
  /** Names of parameters, one that is there twice in different places twice. */
  parameters: string[]
  /** Some credential is needed. */
  secured: boolean
}

interface Described {
  operationId: string
  tags: string[]
  summary: string
  parameters?: ({ name: string } | { $ref: string })[]
  responses: Record<string, unknown>
  security?: unknown[]
}

type Document = Record<string, unknown> & {
  paths: Record<string, Record<string, unknown>>
}

const methods = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options', 'trace']

/** @param docs Address of the docs, without a trailing slash. */
export async function readOperations(docs: string): Promise<DescribedOperation[]> {
  const response = await fetch(`${docs}/openapi.json`)
  const document = (await response.json()) as Document
  const found: DescribedOperation[] = []
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of methods) {
      const operation = item[method] as Described | undefined
      if (!operation) continue
      const tag = operation.tags[0] ?? 'other'
      const parameters = [...listed(item.parameters), ...listed(operation.parameters)]
      found.push({
        id: operation.operationId,
        tag,
        summary: operation.summary,
        method: method.toUpperCase(),
        path,
        href: `/reference/${kebab(tag)}/${kebab(operation.operationId)}/`,
        statuses: Object.keys(operation.responses),
        parameters: parameters.map((parameter) => nameOf(document, parameter)),
        secured: (operation.security ?? []).length > 0,
      })
    }
  }
  return found
}

const listed = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

function nameOf(document: Document, parameter: unknown): string {
  const { $ref, name } = parameter as { $ref?: string; name?: string }
  if (!$ref) return name ?? ''
  let at: unknown = document
  for (const key of $ref.slice(2).split('/')) at = (at as Record<string, unknown>)[key]
  return nameOf(document, at)
}

function kebab(text: string): string {
  return text
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .toLowerCase()
}
