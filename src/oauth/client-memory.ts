/**
 * Remembers the public client id, one per issuer and redirect address, so that the site registers
 * once and not with every sign-in.
 */
export interface ClientMemory {
  read(issuer: string, redirectUri: string): string | undefined
  keep(issuer: string, redirectUri: string, clientId: string): void
  forget(issuer: string, redirectUri: string): void
}

/** @param storage `localStorage`; where it refuses, the site registers again. */
export function clientMemory(storage: () => Storage): ClientMemory {
  const key = (issuer: string, redirectUri: string) => `oauth-client ${issuer} ${redirectUri}`
  return {
    read(issuer, redirectUri) {
      try {
        const text = storage().getItem(key(issuer, redirectUri))
        if (text === null) return undefined
        const id = readClientId(text)
        if (id === undefined) storage().removeItem(key(issuer, redirectUri))
        return id
      } catch {
        return undefined
      }
    },
    keep(issuer, redirectUri, clientId) {
      try {
        storage().setItem(key(issuer, redirectUri), JSON.stringify({ clientId }))
      } catch {
        // Kept nowhere: the next sign-in registers again.
      }
    },
    forget(issuer, redirectUri) {
      try {
        storage().removeItem(key(issuer, redirectUri))
      } catch {
        // Nothing was kept.
      }
    },
  }
}

function readClientId(text: string): string | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null || !('clientId' in value)) return undefined
  const id = value.clientId
  // RFC 6749, A.1: visible ASCII.
  return typeof id === 'string' && /^[\x20-\x7e]{1,512}$/.test(id) ? id : undefined
}
