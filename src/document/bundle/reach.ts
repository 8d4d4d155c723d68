/** Tells whether what lies under a key of the root is seen only where something refers to it. */
export function isReachSection(key: string): boolean {
  return key !== 'paths' && key !== 'webhooks'
}

/** Who uses what: operations, path items and components, and the references between them. */
export class Reach {
  /** From what is used to what uses it. */
  readonly #users = new Map<string, Set<string>>()
  readonly #shown = new Set<string>()

  /** Notes something that readers see by itself: the document, a path, an operation. */
  show(owner: string): void {
    this.#shown.add(owner)
  }

  note(user: string, used: string): void {
    if (user === used) return
    const known = this.#users.get(used)
    if (known) known.add(user)
    else this.#users.set(used, new Set([user]))
  }

  /** What readers see that leads to an owner, itself included; nothing where no reader meets it. */
  shownBy(owner: string): string[] {
    const met = new Set([owner])
    // The set grows while it is worked off.
    for (const each of met) for (const user of this.#users.get(each) ?? []) met.add(user)
    return [...met].filter((each) => this.#shown.has(each))
  }
}
