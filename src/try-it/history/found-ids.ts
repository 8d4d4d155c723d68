/** An id that an answer of this tab held. */
export interface FoundId {
  /** Key under which it stood. */
  key: string
  value: string
  /** Name or title beside it; empty where there is none. */
  label: string
}

const mostIds = 100
const mostValues = 20_000

/** Ids in an answer: short texts without spaces under keys that are `id` or end in it. */
export function findIds(value: unknown): FoundId[] {
  const found = new Map<string, FoundId>()
  const waiting = [value]
  let seen = 0
  for (let here = waiting.pop(); here !== undefined; here = waiting.pop()) {
    seen += 1
    if (seen > mostValues || found.size >= mostIds) break
    if (typeof here !== 'object' || here === null) continue
    if (Array.isArray(here)) {
      waiting.push(...here.slice(0, mostValues).reverse())
      continue
    }
    const members = Object.entries(here)
    const label = members.find(
      ([key, one]) => /^(name|title|label)$/i.test(key) && isText(one),
    )?.[1]
    for (const [key, member] of members) {
      if (typeof member === 'string' && isIdKey(key) && /^[\w.:~-]{1,100}$/.test(member)) {
        const own = key.toLowerCase() === 'id' && typeof label === 'string' ? label : ''
        if (!found.has(member) || own) found.set(member, { key, value: member, label: own })
      } else waiting.push(member)
    }
  }
  return [...found.values()]
}

/** `id`, `streamId`, `destinationID`, `user_id`, `ids` no. */
export function isIdKey(key: string): boolean {
  return (
    /^(id|uuid|guid)$/i.test(key) ||
    /[a-z0-9](Id|ID|Uuid|UUID)$/.test(key) ||
    /[_-](id|uuid)$/i.test(key)
  )
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== ''
}
