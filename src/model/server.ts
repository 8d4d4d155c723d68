import { child, isObject } from '../document/index.ts'
import { listOf, text } from './field.ts'
import type { ServerDescription } from './operation.ts'

/** Servers with what may be put into their addresses. */
export function readServers(raw: unknown): ServerDescription[] {
  return listOf(raw).map((server) => {
    const variables = child(server, 'variables')
    const name = text(child(server, 'name'))
    const description = text(child(server, 'description'))
    return {
      url: text(child(server, 'url')),
      description: name && description ? `${name}: ${description}` : name || description,
      variables: Object.entries(isObject(variables) ? variables : {}).map(([name, variable]) => ({
        name,
        default: plain(child(variable, 'default')),
        enum: listOf(child(variable, 'enum')).map(plain),
        description: text(child(variable, 'description')),
      })),
    }
  })
}

/** URL of a server with the defaults of its variables, without a slash at the end. */
export function serverUrl(server: unknown): string {
  const variables = child(server, 'variables')
  return text(child(server, 'url'))
    .replace(/\{([^{}]+)\}/g, (whole, name: string) => {
      const value = child(child(variables, name), 'default')
      return typeof value === 'string' || typeof value === 'number' ? String(value) : whole
    })
    .replace(/\/+$/, '')
}

function plain(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : ''
}
