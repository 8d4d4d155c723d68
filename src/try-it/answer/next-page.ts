/** Values for the parameters that lead to the page after an answer. */
export interface NextPage {
  /** By parameter name. */
  query: readonly (readonly [name: string, value: string])[]
}

const deepestPage = 2

/**
 * Finds out how the list goes on: a `Link` header with `rel="next"`, or a field of the answer that
 * says what a query parameter of the operation has to be (`nextCursor` for `cursor`, a `next`
 * address, a page number or offset beside `hasMore`).
 *
 * @param parameters Names of the operation's query parameters.
 * @param sent What the query held.
 */
export function findNextPage(
  value: unknown,
  link: string | undefined,
  parameters: readonly string[],
  sent: URLSearchParams,
): NextPage | undefined {
  const fromLink = nextLink(link)
  if (fromLink !== undefined) return fromAddress(fromLink, parameters)
  for (const place of places(value)) {
    const page = fromFields(place, parameters) ?? fromCount(place, value, parameters, sent)
    if (page) return page
  }
  return undefined
}

function nextLink(header: string | undefined): string | undefined {
  for (const [, address, attributes = ''] of (header ?? '').matchAll(/<([^>]*)>([^<]*)/g)) {
    if (/;\s*rel\s*=\s*"?[^";]*\bnext\b/i.test(attributes)) return address
  }
  return undefined
}

/** Only what the operation knows is taken over: an address in an answer is not to be trusted. */
function fromAddress(address: string, parameters: readonly string[]): NextPage | undefined {
  if (!URL.canParse(address, 'https://any.invalid')) return undefined
  const { searchParams } = new URL(address, 'https://any.invalid')
  const query = [...searchParams].filter(([name]) => parameters.includes(name))
  return query.length > 0 ? { query } : undefined
}

/** The answer itself and the objects in it, where facts about the page may stand. */
function places(value: unknown, depth = 0): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
  const here = value as Record<string, unknown>
  if (depth === deepestPage) return [here]
  const inside = Object.entries(here)
    .filter(([name]) => /^(page|paging|pagination|meta|links|_links|cursors?)$/i.test(name))
    .flatMap(([, member]) => places(member, depth + 1))
  return [here, ...inside]
}

function fromFields(
  place: Record<string, unknown>,
  parameters: readonly string[],
): NextPage | undefined {
  for (const [name, member] of Object.entries(place)) {
    const rest = /^next[_-]?(.*)$/i.exec(name)?.[1]?.replace(/(url|uri|link)$/i, '')
    if (rest === undefined) continue
    const value =
      typeof member === 'object' && member !== null && 'href' in member ? member.href : member
    if (value === null || value === '' || value === false) return undefined
    if (typeof value !== 'string' && typeof value !== 'number') continue
    const parameter = parameters.find((one) => plain(one) === plain(rest || '-'))
    if (parameter) return { query: [[parameter, String(value)]] }
    if (typeof value === 'string' && /^(https?:)?\/|^\?/.test(value)) {
      const page = fromAddress(value, parameters)
      if (page) return page
    }
    const cursor = parameters.find((one) =>
      /^(cursor|after|starting_?after|page_?token)$/i.test(one),
    )
    if (rest === '' && cursor) return { query: [[cursor, String(value)]] }
  }
  return undefined
}

function fromCount(
  place: Record<string, unknown>,
  value: unknown,
  parameters: readonly string[],
  sent: URLSearchParams,
): NextPage | undefined {
  const more = Object.entries(place).find(([name]) => /^has_?(more|next(_?page)?)$/i.test(name))
  if (more?.[1] !== true) return undefined
  const page = parameters.find((one) => /^page(_?number)?$/i.test(one))
  if (page) return { query: [[page, String(numberOr(sent.get(page), 1) + 1)]] }
  const offset = parameters.find((one) => /^(offset|skip)$/i.test(one))
  const items = Object.values(value as Record<string, unknown>).find(Array.isArray)
  if (!offset || !items || items.length === 0) return undefined
  return { query: [[offset, String(numberOr(sent.get(offset), 0) + items.length)]] }
}

function numberOr(text: string | null, otherwise: number): number {
  return text !== null && /^\d+$/.test(text) ? Number(text) : otherwise
}

function plain(name: string): string {
  return name.replace(/[_-]/g, '').toLowerCase()
}
