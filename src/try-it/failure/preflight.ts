import type { ApiRequest } from '../../request/index.ts'
import type { Preflight } from './cause.ts'

const plainMethods = /^(GET|HEAD|POST)$/
const plainTypes = /^(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)$/i

/**
 * The question that a browser asks before a request like this; nothing where it asks none.
 *
 * @param authorized A token goes with it.
 * @see https://fetch.spec.whatwg.org/#cors-preflight-fetch
 */
export function preflightOf(request: ApiRequest, authorized: boolean): Preflight | undefined {
  const names = request.headers.filter(isUnusual).map(([name]) => name.toLowerCase())
  if (authorized) names.push('authorization')
  const headers = [...new Set(names)].sort()
  const isPlain = plainMethods.test(request.method) && headers.length === 0
  return isPlain ? undefined : { method: request.method, headers }
}

function isUnusual([name, value]: readonly [name: string, value: string]): boolean {
  switch (name.toLowerCase()) {
    case 'accept':
    case 'accept-language':
    case 'content-language':
      return value.length > 128
    case 'content-type':
      return !plainTypes.test(value.split(';')[0]?.trim() ?? '') || value.length > 128
    default:
      return true
  }
}
