import type { Operation } from '../../model/operation.ts'

/**
 * The path of a call as the API sees it, from the root of its origin, cut where a parameter
 * stands.
 */
export function pathParts(
  operation: Pick<Operation, 'server' | 'path'> & Partial<Pick<Operation, 'event'>>,
): { text: string; variable: boolean }[] {
  // A webhook has a name, a callback an address made of what was sent.
  if (operation.event) {
    return [{ text: operation.event.expression ?? operation.event.name, variable: false }]
  }
  const path = serverPath(operation.server) + operation.path
  return path
    .split(/(\{[^{}]*\})/)
    .filter(Boolean)
    .map((text) => ({ text, variable: /^\{.*\}$/.test(text) }))
}

function serverPath(server: string): string {
  if (!URL.canParse(server)) return /^\/./.test(server) ? server.replace(/\/+$/, '') : ''
  return decodeURI(new URL(server).pathname).replace(/\/+$/, '')
}
