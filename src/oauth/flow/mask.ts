import type { FlowField } from './flow-step.ts'

/** What opens something, or works once: never shown. */
const secretNames =
  /^(?:code|code_verifier|code_challenge|state|nonce|token|(?:access|refresh|id|registration_access)_token|id_token_hint|client_secret|client_assertion|assertion|password|device_code)$/i

/** What stands for a secret in an answer. */
export const masked = '•••'

/** A compact JWT, or the beginning of one, by whatever name it goes. */
const tokenShape = /^ey[\w-]{6,}\.[\w.-]*$/

/** A field as it may be shown. */
export function maskField(name: string, value: string): FlowField {
  if (!secretNames.test(name) && !tokenShape.test(value)) return { name, value }
  return { name, value: '', variable: name.toUpperCase().replace(/[^A-Z0-9]+/g, '_') }
}

/** A header as it may be shown: a credential keeps its scheme. */
export function maskHeader(name: string, value: string): FlowField {
  if (!/^(?:authorization|proxy-authorization|cookie|x-api-key)$/i.test(name)) {
    return { name, value }
  }
  const scheme = /^(Bearer|Basic|DPoP) /i.exec(value)?.[0] ?? ''
  return { name, value: scheme, variable: 'ACCESS_TOKEN' }
}

/**
 * JSON text as it may be shown.
 *
 * @returns Nothing where it is no JSON: what cannot be read cannot be masked.
 */
export function maskJson(text: string): string | undefined {
  try {
    return JSON.stringify(maskValue('', JSON.parse(text)), null, 2)
  } catch {
    return undefined
  }
}

function maskValue(name: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => maskValue(name, item))
  if (typeof value === 'object' && value !== null) {
    // Made by a list of pairs: a member called `__proto__` is a member like any other.
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [key, maskValue(key, member)]),
    )
  }
  if (typeof value !== 'string') return secretNames.test(name) ? masked : value
  return secretNames.test(name) || tokenShape.test(value) ? masked : value
}
