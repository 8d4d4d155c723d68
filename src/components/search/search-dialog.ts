/**
 * The search: a dialog over Pagefind's index. Loaded with its first use; the index itself comes
 * piece by piece while the reader types.
 */

import { corrected } from '../../search/words.ts'
import { fitness, isNear, rank } from './rank.ts'

/** What we use of Pagefind's script, which the build writes beside the index. */
interface Pagefind {
  options(options: {
    baseUrl: string
    excerptLength: number
    ranking: { metaWeights: Record<string, number> }
  }): Promise<void>
  search(term: string): Promise<Found>
  debouncedSearch(term: string, options: object, delayMilliseconds: number): Promise<Found | null>
}

interface Found {
  results: { data(): Promise<Hit> }[]
}

/** What is shown for what was typed. */
interface Answer {
  hits: Hit[]
  /** Set where something else was looked for, because what was typed looks like a slip. */
  meant?: string
}

interface Hit {
  url: string
  /** HTML text with `<mark>` around what was found. */
  excerpt: string
  meta: {
    title?: string
    /** What it is: an operation, a property. */
    kind?: string
    /** Where it belongs. */
    place?: string
    method?: string
    path?: string
    names?: string
    text?: string
  }
}

/** Hits that are looked at, and that are shown. */
const most = { found: 24, shown: 12 }
let dialog: HTMLDialogElement | undefined

/**
 * Shows the dialog, made on first call, with the cursor in its field.
 *
 * @param typed What the reader has typed for it already.
 */
export function openSearch(typed: string): void {
  dialog ??= makeDialog()
  if (!dialog.open) dialog.showModal()
  const field = dialog.querySelector('input')
  if (field && typed !== '') {
    field.value = typed
    field.dispatchEvent(new Event('input'))
  } else field?.select()
}

function makeDialog(): HTMLDialogElement {
  const made = element('dialog', { class: 'search', 'aria-label': 'Search' })
  const field = element('input', {
    type: 'search',
    role: 'combobox',
    'aria-label': 'Search the documentation',
    'aria-autocomplete': 'list',
    'aria-controls': 'search-results',
    'aria-expanded': 'false',
    autocomplete: 'off',
    spellcheck: 'false',
    placeholder: 'Search guides, operations, fields, error codes',
  })
  const list = element('div', { role: 'listbox', id: 'search-results', 'aria-label': 'Results' })
  const status = element('p', { class: 'search-status', role: 'status' })
  made.append(field, list, status)
  document.body.append(made)

  let active = -1
  const mark = (next: number) => {
    const options = [...list.querySelectorAll('a')]
    active = options.length === 0 ? -1 : (next + options.length) % options.length
    for (const [index, option] of options.entries()) {
      option.setAttribute('aria-selected', String(index === active))
    }
    const option = options[active]
    if (option) {
      field.setAttribute('aria-activedescendant', option.id)
      option.scrollIntoView({ block: 'nearest' })
    } else field.removeAttribute('aria-activedescendant')
  }

  field.addEventListener('input', async () => {
    const term = field.value.trim()
    const answer = term ? await search(term) : { hits: [] }
    // Another word was typed meanwhile.
    if (answer === 'superseded' || field.value.trim() !== term) return
    if (answer === 'missing') {
      status.textContent = 'The index is not here: it is made when the site is built.'
      return
    }
    const { hits, meant } = answer
    list.replaceChildren(...hits.map(showHit))
    for (const [index, option] of [...list.querySelectorAll('a')].entries()) {
      option.id = `search-result-${index}`
    }
    field.setAttribute('aria-expanded', String(hits.length > 0))
    status.textContent = !term
      ? ''
      : hits.length === 0
        ? `Nothing found for “${term}”.`
        : `${hits.length} ${hits.length === 1 ? 'result' : 'results'}${meant ? ` for “${meant}”` : ''}`
    mark(hits.length > 0 ? 0 : -1)
  })

  field.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') mark(active + 1)
    else if (event.key === 'ArrowUp') mark(active - 1)
    else if (event.key === 'Enter') list.querySelectorAll('a')[active]?.click()
    else return
    event.preventDefault()
  })
  // A click on the dialog itself is a click beside its content: on the backdrop.
  made.addEventListener('click', ({ target }) => {
    if (target === made || (target instanceof Element && target.closest('a'))) made.close()
  })
  return made
}

let pagefind: Promise<Pagefind> | undefined

async function search(term: string): Promise<Answer | 'superseded' | 'missing'> {
  try {
    pagefind ??= load()
    const index = await pagefind
    const found = await index.debouncedSearch(term, {}, 120)
    if (!found) return 'superseded'
    const hits = await best(found, term)
    const [first] = hits
    if (first && fitness({ title: '', ...first.meta }, term) > 0) return { hits }
    // Nothing is called so: it may be a slip.
    vocabulary ??= loadVocabulary()
    const meant = corrected(term, await vocabulary)
    if (meant === undefined) return { hits }
    const others = await best(await index.search(meant), meant)
    return others.length > 0 ? { hits: others, meant } : { hits }
  } catch {
    pagefind = undefined
    return 'missing'
  }
}

/** The hits that are shown, the best first. */
async function best({ results }: Found, term: string): Promise<Hit[]> {
  const hits = await Promise.all(results.slice(0, most.found).map((result) => result.data()))
  const near = hits.filter(({ excerpt, meta }) => isNear([...marks(excerpt), titleOf(meta)], term))
  const ranked = rank(
    near.map((hit) => ({ hit, title: '', ...hit.meta })),
    term,
  )
  return ranked.slice(0, most.shown).map(({ hit }) => hit)
}

let vocabulary: Promise<string[]> | undefined

/** The words of the index; without them nothing is corrected. */
async function loadVocabulary(): Promise<string[]> {
  const answer = await fetch(`${__BASE__}pagefind/words.txt`).catch(() => undefined)
  return answer?.ok ? (await answer.text()).split(' ') : []
}

/** What an excerpt marks as found. */
function marks(excerpt: string): string[] {
  return [...excerpt.matchAll(/<mark>([^<]*)<\/mark>/g)].map(([, word = '']) => word)
}

function titleOf({ title = '', names = '', path = '' }: Hit['meta']): string {
  return `${title} ${names} ${path}`
}

async function load(): Promise<Pagefind> {
  const loaded: Pagefind = await import(/* @vite-ignore */ `${__BASE__}pagefind/pagefind.js`)
  await loaded.options({
    // Records bear whole addresses already.
    baseUrl: '/',
    excerptLength: 18,
    ranking: { metaWeights: { title: 8, path: 6, names: 6, place: 0.5, kind: 0, text: 0 } },
  })
  return loaded
}

function showHit({ url, excerpt, meta }: Hit): HTMLElement {
  const { title = url, kind = '', place = '', method, path, text: words } = meta
  const link = element('a', { href: url, role: 'option', tabindex: '-1' })
  const heading = element('b', {})
  if (method) {
    const badge = element('span', { class: `method ${method.toLowerCase()}` })
    badge.textContent = method
    heading.append(badge, ' ')
  }
  const name = element(isCode(kind) ? 'code' : 'span', {})
  name.textContent = title
  heading.append(name)
  const what = element('small', {})
  what.textContent = [kind, place].filter(Boolean).join(' · ')
  const text = element('span', {})
  if (path) {
    const route = element('code', {})
    route.textContent = path
    text.append(route, ' ')
  }
  // An excerpt begins with the title again where there is little text.
  if (kind === 'Guide' || kind === 'Page') appendExcerpt(text, excerpt)
  else text.append(words ?? '')
  link.append(heading, what, text)
  return link
}

/** Names of programs, not words. */
function isCode(kind: string): boolean {
  return /^(?:Parameter|Property|Schema|Error code)$/.test(kind)
}

/** Only text and `<mark>` come over: the excerpt is never set as HTML. */
function appendExcerpt(text: HTMLElement, excerpt: string): void {
  for (const node of new DOMParser().parseFromString(excerpt, 'text/html').body.childNodes) {
    if (node instanceof HTMLElement && node.tagName === 'MARK') {
      const found = element('mark', {})
      found.textContent = node.textContent
      text.append(found)
    } else text.append(node.textContent ?? '')
  }
}

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, string>,
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  return made
}
