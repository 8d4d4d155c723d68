import { connectVault } from '../../oauth/vault/connect.ts'
import type { SessionView } from '../../oauth/vault/protocol.ts'
import { lacking, loadAccess } from './access.ts'
import { chosenEnvironment } from './environment.ts'
import styles from './marks.css?url'

/** Where a page lists calls, and where the page of a call says what it needs. */
const listed = '.sidebar a[href], .operations a[href]'
const needs = '.operation-head .need'

let started: Promise<void> | undefined

/**
 * Marks on the page what the reader's token can call. Loaded by pages only where somebody may be
 * signed in; keeps the marks right for as long as the page is open.
 */
export function showMarks(): Promise<void> {
  started ??= start()
  return started
}

async function start(): Promise<void> {
  const vault = await connectVault()
  const look = async () => mark(await vault.session(chosenEnvironment().name))
  vault.listen((environment, session) => {
    if (environment === chosenEnvironment().name) void mark(session)
  })
  document.addEventListener('environment-change', () => void look())
  await look()
}

async function mark(session: SessionView | undefined): Promise<void> {
  if (!session) {
    for (const old of document.querySelectorAll('[data-access]')) old.remove()
    return
  }
  const access = await loadAccess()
  await loadStyles()
  for (const old of document.querySelectorAll('[data-access]')) old.remove()
  for (const link of document.querySelectorAll<HTMLAnchorElement>(listed)) {
    const lists = access.operations[link.pathname]
    if (!lists || link.hash) continue
    const name = link.querySelector(':scope > span:not([class])') ?? link
    name.append(' ', shortMark(lacking(lists, session.scopes)))
  }
  const place = document.querySelector(needs)
  const lists = access.operations[location.pathname]
  if (lists) place?.after(sentence(lacking(lists, session.scopes)))
}

/** A sign with its meaning in words; the words are what is read out. */
function shortMark(missing: readonly string[] | undefined): HTMLElement {
  const mark = document.createElement('span')
  mark.dataset.access = missing?.length === 0 ? 'granted' : 'missing'
  if (missing?.length === 0) {
    const sign = document.createElement('span')
    sign.textContent = '✓'
    sign.ariaHidden = 'true'
    mark.append(sign, hidden(', your sign-in can call it'))
    mark.title = 'Your sign-in can call it'
  } else {
    const words = missing ? `needs ${missing.map(shortScope).join(', ')}` : 'needs a key'
    mark.append(hidden(', '), words)
    mark.title = missing ? `Your sign-in lacks ${missing.join(', ')}` : 'No sign-in is enough'
  }
  return mark
}

function sentence(missing: readonly string[] | undefined): HTMLElement {
  const words = document.createElement('p')
  words.dataset.access = missing?.length === 0 ? 'granted' : 'missing'
  words.textContent = !missing
    ? 'No sign-in is enough for it: use a key of your own, in your terminal.'
    : missing.length === 0
      ? '✓ Your sign-in can call it.'
      : `Your sign-in lacks ${missing.join(', ')}: the panel asks for it.`
  return words
}

function hidden(text: string): HTMLElement {
  const words = document.createElement('span')
  words.className = 'sr-only'
  words.textContent = text
  return words
}

/** `streamloop:write` as `write`: there is little room. */
function shortScope(scope: string): string {
  return scope.slice(scope.lastIndexOf(':') + 1)
}

let loading: Promise<void> | undefined

function loadStyles(): Promise<void> {
  loading ??= new Promise((resolve) => {
    const link = document.createElement('link')
    link.rel = 'stylesheet'
    link.href = styles
    link.onload = link.onerror = () => resolve()
    document.head.append(link)
  })
  return loading
}
