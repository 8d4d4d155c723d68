/** A call of one tab, as the page that made it wrote it down: the vault keeps it and never reads it. */
export interface KeptCall {
  id: string
  /** JSON text of everything but the body. Holds no credential. */
  record: string
  /** The answer's body. */
  body?: Blob
}

const mostOfOneTab = 50
/** Bytes of all bodies. */
const mostBytes = 32 * 1024 * 1024

/** The calls of every tab, in memory alone; the oldest give way to the newest. */
export class KeptCalls {
  readonly #tabs = new Map<string, KeptCall[]>()

  keep(tab: string, call: KeptCall): void {
    const others = this.of(tab).filter(({ id }) => id !== call.id)
    // A tab that was used last is forgotten last.
    this.#tabs.delete(tab)
    this.#tabs.set(tab, [...others, call].slice(-mostOfOneTab))
    this.#makeRoom()
  }

  /** Oldest first. */
  of(tab: string): KeptCall[] {
    return [...(this.#tabs.get(tab) ?? [])]
  }

  clear(): void {
    this.#tabs.clear()
  }

  #makeRoom(): void {
    let bytes = [...this.#tabs.values()].flat().reduce((sum, call) => sum + sizeOf(call), 0)
    for (const [tab, calls] of this.#tabs) {
      while (bytes > mostBytes) {
        const dropped = calls.shift()
        if (!dropped) break
        bytes -= sizeOf(dropped)
      }
      if (calls.length === 0) this.#tabs.delete(tab)
    }
  }
}

function sizeOf({ record, body }: KeptCall): number {
  return record.length * 2 + (body?.size ?? 0)
}
