import { isObject, type JsonObject } from '../document/index.ts'
import { serverFor } from '../request/server.ts'
import type { Environment } from '../site.ts'

/**
 * The document as the explorer gets it: without security schemes, so that it offers no field for a
 * credential, with our environments as the only servers, and without settings or scripts for the
 * explorer itself, which are ours to make.
 *
 * @param environments None: the document's own servers stay, as addresses to read.
 */
export function explorerDocument(
  document: JsonObject,
  environments: readonly Environment[],
): JsonObject {
  const servers = Array.isArray(document.servers) ? document.servers : []
  const [first] = servers
  const path = isObject(first) && typeof first.url === 'string' ? first.url : ''
  const ours = environments.map(({ name, api }) => ({
    url: serverFor(path, api),
    description: name,
  }))
  const { components, paths, webhooks, ...rest } = bare(document)
  const { securitySchemes: _, pathItems, ...others } = isObject(components) ? components : {}
  return {
    ...rest,
    servers: ours.length > 0 ? ours : servers,
    ...(isObject(paths) && { paths: mapped(paths, pathItem) }),
    ...(isObject(webhooks) && { webhooks: mapped(webhooks, pathItem) }),
    components: {
      ...others,
      ...(isObject(pathItems) && { pathItems: mapped(pathItems, pathItem) }),
    },
  }
}

const methods = new Set(
  'get head post put patch delete options trace query additionalOperations'.split(' '),
)

function pathItem(item: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(bare(item)).map(([key, member]) => {
      if (!isObject(member) || !methods.has(key)) return [key, member]
      // OpenAPI 3.2 has a map of methods that it does not know beside those that it does.
      return [key, key === 'additionalOperations' ? mapped(member, operation) : operation(member)]
    }),
  )
}

function operation(raw: JsonObject): JsonObject {
  const { callbacks, ...rest } = bare(raw)
  if (!isObject(callbacks)) return rest
  return { ...rest, callbacks: mapped(callbacks, (callback) => mapped(callback, pathItem)) }
}

/** Without what says who may call, where, and what the explorer shall do. */
function bare({ security: _, servers: __, ...rest }: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(rest).filter(([key]) => !/^x-(scalar-|(pre|post)-re)/.test(key)),
  )
}

function mapped(all: JsonObject, change: (one: JsonObject) => JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(all).map(([key, one]) => [key, isObject(one) ? change(one) : one]),
  )
}
