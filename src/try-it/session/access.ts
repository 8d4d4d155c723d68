import type { Access } from '../../model/access.ts'

export type { Access }

let loading: Promise<Access> | undefined

/** What each call needs of a sign-in. Loaded once, and only for a reader who is signed in. */
export function loadAccess(): Promise<Access> {
  loading ??= fetch(`${__BASE__}reference/access.json`, { credentials: 'same-origin' })
    .then(async (response) => {
      if (!response.ok) throw new Error(`access.json answered ${response.status}.`)
      return (await response.json()) as Access
    })
    .catch((cause) => {
      loading = undefined
      throw cause
    })
  return loading
}

/**
 * What a token lacks for a call.
 *
 * @param lists Of the call, as `Access` has them.
 * @returns The shortest list of missing scopes; nothing where no sign-in is enough.
 */
export function lacking(
  lists: readonly (readonly string[])[],
  granted: readonly string[],
): string[] | undefined {
  const gaps = lists.map((scopes) => scopes.filter((scope) => !granted.includes(scope)))
  return gaps.toSorted((one, other) => one.length - other.length)[0]
}
