import type { Scope, SecurityAlternative } from '../../model/operation.ts'

/** Alternatives that a sign-in can satisfy on its own, in the document's order. */
export function signInAlternatives(security: readonly SecurityAlternative[]): Scope[][] {
  return security
    .filter(
      (schemes) =>
        schemes.length > 0 &&
        schemes.every(({ type }) => type === 'oauth2' || type === 'openIdConnect'),
    )
    .map((schemes) => schemes.flatMap(({ scopes }) => scopes))
}

/** True when the call works with nothing at all. */
export function needsNoCredential(security: readonly SecurityAlternative[]): boolean {
  return security.length === 0 || security.some((schemes) => schemes.length === 0)
}

/**
 * What a token lacks for a call: nothing where one alternative is satisfied, else what the nearest
 * one still needs.
 */
export function missingScopes(
  security: readonly SecurityAlternative[],
  granted: readonly string[],
): Scope[] {
  const gaps = signInAlternatives(security).map((scopes) =>
    scopes.filter(({ name }) => !granted.includes(name)),
  )
  return (
    gaps.reduce<Scope[] | undefined>(
      (least, gap) => (least === undefined || gap.length < least.length ? gap : least),
      undefined,
    ) ?? []
  )
}

/** True when any of the names deletes or spends, as far as this operation tells. */
export function isDangerous(
  security: readonly SecurityAlternative[],
  names: readonly string[],
): boolean {
  return security
    .flat()
    .flatMap(({ scopes }) => scopes)
    .some(({ name, dangerous }) => dangerous && names.includes(name))
}

/** Scopes that are about calls. The others only say who is signed in (OpenID Connect Core, 5.4). */
export function callScopes(scopes: readonly string[]): string[] {
  return scopes.filter((scope) => !['openid', 'profile', 'email'].includes(scope))
}
