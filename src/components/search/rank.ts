import { plainWords } from '../../search/words.ts'

/** What of a hit tells how well it fits. */
export interface Rankable {
  title: string
  kind?: string
  method?: string
  path?: string
  names?: string
  place?: string
}

/** Of things with the same name, the one that a reader more likely means comes first. */
const order = [
  'Operation',
  'Error code',
  'Resource',
  'Schema',
  'Parameter',
  'Property',
  'Webhook',
  'Callback',
  'GraphQL',
  'Guide',
  'Page',
]

/**
 * Puts what bears exactly the words looked for before what only holds them; the rest stays in the
 * order it came in.
 */
export function rank<T extends Rankable>(hits: readonly T[], term: string): T[] {
  const scores = new Map(hits.map((hit) => [hit, fitness(hit, term)]))
  const score = (hit: T): number => scores.get(hit) ?? 0
  return hits.toSorted((first, second) => score(second) - score(first))
}

/** How well a hit fits what was typed; 0 where its name says nothing of it. */
export function fitness(hit: Rankable, term: string): number {
  const { title, method = '', path = '', names = '' } = hit
  const wanted = words(term)
  const place = likelihood(hit)
  if (title === term.trim()) return 5 + place
  // The path is looked for with and without what the server puts before it.
  const route = term.trim().toLowerCase()
  const paths = [path, ...names.split(' ').filter((name) => name.startsWith('/'))]
  const routes = paths.flatMap((one) => [one, `${method} ${one}`]).map((one) => one.toLowerCase())
  if (path !== '' && routes.includes(route)) return 5 + place
  if (names.split(' ').some((name) => name.toLowerCase() === route)) return 5 + place
  const own = words(title)
  if (own === wanted) return 4 + place
  if (`${own} `.startsWith(`${wanted} `)) return 2 + place
  if (` ${own} `.includes(` ${wanted} `)) return 1 + place
  return 0
}

/** Between things with the same name: what they are, then what is sent before what comes back. */
function likelihood({ kind = '', place = '' }: Rankable): number {
  const at = order.indexOf(kind)
  const kinds = at === -1 ? 0 : order.length - at
  const sent = place.startsWith('body') ? 2 : place.startsWith('answer') ? 1 : 0
  return kinds / 100 + sent / 1000
}

/** Tells what was found from what only begins with the same letter or two. */
export function isNear(marked: readonly string[], term: string): boolean {
  const starts = words(term)
    .split(' ')
    .map((word) => word.slice(0, 4))
  return marked.some((word) => starts.some((start) => ` ${words(word)}`.includes(` ${start}`)))
}

function words(text: string): string {
  return plainWords(text).join(' ')
}
