/**
 * The search: a dialog over Pagefind's index. Loaded with its first use; the index itself comes
 * piece by piece while the reader types.
 */

/** What we use of Pagefind's script, which the build writes beside the index. */
interface Pagefind {
  options(options: { baseUrl: string; excerptLength: number }): Promise<void>
  debouncedSearch(
    term: string,
    options: object,
    delayMilliseconds: number,
  ): Promise<{ results: { data(): Promise<Hit> }[] } | null>
}

interface Hit {
  url: string
  /** HTML text with `<mark>` around what was found. */
  excerpt: string
  meta: { title?: string; method?: string }
  sub_results: { title: string; url: string; excerpt: string }[]
}

const most = 8
let dialog: HTMLDialogElement | undefined

/** Shows the dialog, made on first call, with the cursor in its field. */
export function openSearch(): void {
  dialog ??= makeDialog()
  if (!dialog.open) dialog.showModal()
  dialog.querySelector('input')?.select()
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
    const hits = term ? await search(term) : []
    if (hits === 'superseded') return
    if (hits === 'missing') {
      status.textContent = 'The index is not here: it is made when the site is built.'
      return
    }
    list.replaceChildren(...hits.flatMap(showHit))
    for (const [index, option] of [...list.querySelectorAll('a')].entries()) {
      option.id = `search-result-${index}`
    }
    field.setAttribute('aria-expanded', String(hits.length > 0))
    status.textContent = !term
      ? ''
      : hits.length === 0
        ? `Nothing found for “${term}”.`
        : `${hits.length} ${hits.length === 1 ? 'page' : 'pages'}`
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

async function search(term: string): Promise<Hit[] | 'superseded' | 'missing'> {
  try {
    pagefind ??= load()
    const found = await (await pagefind).debouncedSearch(term, {}, 120)
    if (!found) return 'superseded'
    return await Promise.all(found.results.slice(0, most).map((result) => result.data()))
  } catch {
    pagefind = undefined
    return 'missing'
  }
}

async function load(): Promise<Pagefind> {
  const loaded: Pagefind = await import(/* @vite-ignore */ `${__BASE__}pagefind/pagefind.js`)
  await loaded.options({ baseUrl: __BASE__, excerptLength: 18 })
  return loaded
}

function showHit(hit: Hit): HTMLElement[] {
  // The part before the first heading is the page itself over again.
  const places = hit.sub_results.filter(({ url }) => /#(?!_top$)/.test(url)).slice(0, 3)
  return [
    showLink(hit.url, hit.meta.title ?? hit.url, hit.excerpt, 'search-page', hit.meta.method),
    ...places.map(({ url, title, excerpt }) => showLink(url, title, excerpt, 'search-place')),
  ]
}

function showLink(url: string, title: string, excerpt: string, kind: string, method?: string) {
  const link = element('a', { href: url, role: 'option', class: kind, tabindex: '-1' })
  const heading = element('b', {})
  if (method) {
    const badge = element('span', { class: `method ${method.toLowerCase()}` })
    badge.textContent = method
    heading.append(badge, ' ')
  }
  heading.append(title)
  const text = element('span', {})
  // Only text and <mark> come over: the excerpt is never set as HTML.
  for (const node of new DOMParser().parseFromString(excerpt, 'text/html').body.childNodes) {
    if (node instanceof HTMLElement && node.tagName === 'MARK') {
      const found = element('mark', {})
      found.textContent = node.textContent
      text.append(found)
    } else text.append(node.textContent ?? '')
  }
  link.append(heading, text)
  return link
}

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, string>,
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  return made
}
