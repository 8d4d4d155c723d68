import { bodyWithoutCredentials, namesCredential } from '../history/credential-names.ts'
import type { SavedForm } from '../request/saved-form.ts'
import { shareMark } from './share-mark.ts'

/**
 * Address of this page with what is typed in its fragment, which browsers send to no server. A form
 * is saved without what is secret, and a credential is no part of it.
 */
export function shareAddress(page: string, form: SavedForm): string {
  const { secretNames: _unneeded, parameters, headers, body, ...values } = form
  const carried = {
    ...values,
    repeat: false,
    parameters: Object.fromEntries(
      Object.entries(parameters).filter(([key]) => !namesCredential(key.replace(/^\w+:/, ''))),
    ),
    ...(body !== undefined && { body: bodyWithoutCredentials(body, '""') }),
    ...(headers && { headers: headers.filter(([name]) => !namesCredential(name)) }),
  }
  const bytes = new TextEncoder().encode(JSON.stringify(carried))
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
  return page + shareMark + text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/** @returns What the link says a form is; whoever wrote it may have written anything. */
export function readShared(fragment: string): unknown {
  if (!fragment.startsWith(shareMark)) return undefined
  try {
    const text = fragment.slice(shareMark.length).replaceAll('-', '+').replaceAll('_', '/')
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    if (typeof value !== 'object' || value === null) return undefined
    // A link sends nothing and brings no secret.
    return { ...value, secretNames: [], repeat: false }
  } catch {
    return undefined
  }
}
