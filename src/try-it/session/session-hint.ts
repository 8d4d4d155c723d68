/**
 * Whether the vault may hold a session, so that a panel opens without starting the worker for
 * nothing. Says nothing about who, where, or with what.
 */
const key = 'session-hint'

export function hasSessionHint(): boolean {
  try {
    return localStorage.getItem(key) !== null
  } catch {
    return false
  }
}

export function setSessionHint(signedIn: boolean): void {
  try {
    if (signedIn) localStorage.setItem(key, '1')
    else localStorage.removeItem(key)
  } catch {
    // Then the panel asks the vault with the first call.
  }
}
