const key = 'history-tab'

/** @returns Nothing where this tab has made no call: the vault need not be asked. */
export function knownTab(): string | undefined {
  try {
    return sessionStorage.getItem(key) ?? undefined
  } catch {
    return undefined
  }
}

/** Name of this tab in the vault. Only a name: what it called is in the vault's memory. */
export function tabName(): string {
  const name = knownTab() ?? crypto.randomUUID()
  try {
    sessionStorage.setItem(key, name)
  } catch {
    // The history lasts as long as the page then.
  }
  return name
}
