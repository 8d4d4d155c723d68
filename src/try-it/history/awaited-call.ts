/** The loader of the panel looks for it too. */
const key = 'history-open'

/** A past call that the page it was made from is to show. */
export interface AwaitedCall {
  page: string
  id: string
  /** Make it once more. */
  again: boolean
}

export function awaitCall(call: AwaitedCall): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(call))
  } catch {
    // The page opens with an empty panel then.
  }
}

/** Reads what awaits this page and deletes it. */
export function takeAwaitedCall(page: string): AwaitedCall | undefined {
  try {
    const value = JSON.parse(sessionStorage.getItem(key) ?? 'null') as Partial<AwaitedCall> | null
    if (value?.page !== page) return undefined
    sessionStorage.removeItem(key)
    return typeof value.id === 'string' && typeof value.again === 'boolean'
      ? { page, id: value.id, again: value.again }
      : undefined
  } catch {
    return undefined
  }
}
