import { computed, type ReadonlySignal, signal } from '@preact/signals'
import { type DocumentNode, type GraphQLSchema, Kind, parse, print, validate } from 'graphql'
import { ask } from '../../explorer/ask.ts'
import { ExplorerSession } from '../../explorer/explorer-session.ts'
import { sendThroughVault } from '../../explorer/vault-fetch.ts'
import { SendFailure } from '../../oauth/vault/send-failure.ts'
import { looksLikeApiKey } from '../../request/api-key.ts'
import { failureWords } from '../../try-it/failure/failure-words.ts'
import { isFramed } from '../../try-it/framed.ts'
import type { ExplorerFacts } from './facts.ts'
import { needsOf, type QueryNeeds } from './query-needs.ts'

/** What came back. */
export interface GraphqlAnswer {
  status: number
  /** Milliseconds. */
  elapsed: number
  text: string
  /** It is not cut off, and no page of some gateway. */
  isJson: boolean
  /** Entries of `errors`, told in words. */
  errors: { message: string; code?: string; page?: string }[]
}

/** The query as far as it can be read. */
export interface ReadQuery {
  document?: DocumentNode
  /** Names of its operations; an unnamed one is an empty text. */
  names: string[]
  needs?: QueryNeeds
  /** What is wrong with it. */
  problem?: string
}

/** What is kept while the reader signs in. */
interface SavedQuery {
  query: string
  variables: string
  environment: string
}

const longestAnswer = 5_000_000

/** Everything behind the GraphQL explorer. */
export class ExplorerModel {
  readonly session: ExplorerSession
  readonly query = signal('')
  readonly variables = signal('')
  /** Which of several operations to send. */
  readonly chosen = signal('')
  readonly answer = signal<GraphqlAnswer | undefined>(undefined)
  /** Why nothing was sent, or no answer came. */
  readonly problem = signal('')
  readonly isSending = signal(false)
  readonly read: ReadonlySignal<ReadQuery>
  /** Scopes that a sign-in for this query asks for. */
  readonly wanted: ReadonlySignal<string[]>
  readonly #schema: GraphQLSchema
  readonly #facts: ExplorerFacts
  readonly #base: string
  #controller: AbortController | undefined

  /** @param base Base path of the site, with a slash at its end. */
  constructor(title: string, schema: GraphQLSchema, facts: ExplorerFacts, base: string) {
    this.session = new ExplorerSession(title)
    this.#schema = schema
    this.#facts = facts
    this.#base = base
    this.read = computed(() => this.#read(this.query.value, this.chosen.value))
    this.wanted = computed(() => this.read.value.needs?.scopes.map(({ name }) => name) ?? [])
  }

  /** Takes up what a sign-in left, or what the address says, or the example. */
  async start(example: string): Promise<void> {
    const given = new URLSearchParams(location.hash.slice(1))
    const saved = readSaved(await this.session.start())
    const query = saved?.query ?? given.get('query') ?? example
    const variables = saved?.variables ?? given.get('variables') ?? ''
    if ([query, variables].some(looksLikeApiKey)) {
      this.refuseKey()
      return
    }
    this.query.value = tidy(query)
    this.variables.value = variables
    if (saved) this.session.useEnvironment(saved.environment)
  }

  async signIn(): Promise<void> {
    const scopes = this.read.peek().needs?.scopes ?? []
    const saved: SavedQuery = {
      query: this.query.peek(),
      variables: this.variables.peek(),
      environment: this.session.environment.peek().name,
    }
    await this.session.signIn(
      scopes.map(({ name }) => name),
      scopes.some(({ dangerous }) => dangerous),
      saved,
    )
  }

  refuseKey(): void {
    this.problem.value =
      'That looks like an API key. It was not kept and not sent: keys belong into a terminal, not into a page.'
  }

  cancel(): void {
    this.#controller?.abort()
  }

  /** Checks, asks where something is deleted or spent, and sends. */
  async send(): Promise<void> {
    if (this.isSending.peek() || isFramed()) return
    this.problem.value = ''
    const body = this.#body()
    if (typeof body === 'object') {
      this.problem.value = body.problem
      return
    }
    const { needs } = this.read.peek()
    if (!needs || !(await this.#mayGo(needs))) return
    const controller = new AbortController()
    this.#controller = controller
    this.isSending.value = true
    this.answer.value = undefined
    const started = performance.now()
    try {
      const { name, api } = this.session.environment.peek()
      const response = await sendThroughVault(
        await this.session.connect(),
        {
          method: 'POST',
          url: api + this.#facts.path,
          headers: [['Content-Type', 'application/json']],
          body: { kind: 'text', text: body },
        },
        { environment: name, authorize: true },
        controller.signal,
      )
      const text = await readUpTo(response, longestAnswer)
      const elapsed = performance.now() - started
      const value = parsed(text)
      this.answer.value = {
        status: response.status,
        elapsed,
        text,
        isJson: value !== undefined,
        errors: this.#errors(value),
      }
    } catch (cause) {
      const { title, text } =
        cause instanceof SendFailure
          ? failureWords(cause)
          : { title: 'No answer', text: cause instanceof Error ? cause.message : '' }
      this.problem.value = `${title}. ${text}`
    } finally {
      this.isSending.value = false
    }
  }

  /** Signed in with what the query needs, and willing to delete or spend. */
  async #mayGo({ scopes, confirms, open }: QueryNeeds): Promise<boolean> {
    const names = scopes.map(({ name }) => name)
    const signedIn = this.session.current.peek() !== undefined
    const missing = this.session.missing(names)
    if (!open && (!signedIn || missing.length > 0)) {
      const { issuer } = this.session.environment.peek()
      if (issuer === undefined) {
        this.problem.value = 'There is no sign-in here. Use the curl with a key of your own.'
        return false
      }
      const goes = await ask({
        title: signedIn ? 'This query needs more' : 'This query needs a sign-in',
        text: `You sign in at ${new URL(issuer).host}${names.length > 0 ? ` and grant ${names.join(', ')}` : ''}. Your query will be here when you are back.`,
        yes: signedIn ? `Grant ${missing.join(', ')}` : 'Sign in',
      })
      if (goes) await this.signIn()
      return false
    }
    if (confirms.length === 0) return true
    return ask({ title: 'Send this mutation?', text: confirms.join(' '), yes: 'Send it' })
  }

  /** The JSON to send, or why there is none. */
  #body(): string | { problem: string } {
    const { document, problem, names } = this.read.peek()
    if (!document || problem !== undefined) return { problem: problem ?? 'Write a query first.' }
    const variables = this.variables.peek().trim()
    let values: unknown
    try {
      values = variables === '' ? undefined : JSON.parse(variables)
    } catch {
      return { problem: 'The variables are not JSON.' }
    }
    if (
      values !== undefined &&
      (typeof values !== 'object' || values === null || Array.isArray(values))
    ) {
      return { problem: 'The variables must be one JSON object.' }
    }
    const fields = [`"query":${JSON.stringify(this.query.peek())}`]
    // As typed: read and written anew, a long number would lose digits.
    if (values !== undefined) fields.push(`"variables":${variables}`)
    if (names.length > 1) {
      fields.push(`"operationName":${JSON.stringify(this.chosen.peek() || names[0])}`)
    }
    const text = `{${fields.join(',')}}`
    if (looksLikeApiKey(text)) {
      this.refuseKey()
      return { problem: this.problem.peek() }
    }
    return text
  }

  #read(query: string, chosen: string): ReadQuery {
    if (query.trim() === '') return { names: [] }
    let document: DocumentNode
    try {
      document = parse(query, { maxTokens: 20_000 })
    } catch (error) {
      return { names: [], problem: error instanceof Error ? error.message : 'It cannot be read.' }
    }
    const names = document.definitions.flatMap((one) =>
      one.kind === Kind.OPERATION_DEFINITION ? [one.name?.value ?? ''] : [],
    )
    const [wrong] = validate(this.#schema, document)
    if (wrong) return { document, names, problem: wrong.message }
    if (names.length === 0) return { document, names, problem: 'There is no query in it.' }
    const name = names.includes(chosen) ? chosen : names[0]
    return { document, names, needs: needsOf(this.#schema, document, name, this.#facts.operations) }
  }

  #errors(value: unknown): GraphqlAnswer['errors'] {
    const { errors } = (value ?? {}) as { errors?: unknown }
    if (!Array.isArray(errors)) return []
    return errors.map((entry: { message?: unknown; extensions?: { code?: unknown } } | null) => {
      const code = entry?.extensions?.code
      const href = typeof code === 'string' ? this.#facts.errors[code] : undefined
      return {
        message: typeof entry?.message === 'string' ? entry.message : 'An error without words.',
        ...(typeof code === 'string' && { code }),
        ...(href !== undefined && { page: this.#base + href.slice(1) }),
      }
    })
  }
}

function readSaved(form: unknown): SavedQuery | undefined {
  if (typeof form !== 'object' || form === null) return undefined
  const { query, variables, environment } = form as Record<string, unknown>
  return typeof query === 'string' &&
    typeof variables === 'string' &&
    typeof environment === 'string'
    ? { query, variables, environment }
    : undefined
}

/** A query that was squeezed onto one line, on several; anything unreadable as it is. */
function tidy(query: string): string {
  if (query.includes('\n')) return query
  try {
    return print(parse(query))
  } catch {
    return query
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function readUpTo(response: Response, most: number): Promise<string> {
  const reader = response.body?.getReader()
  const decoder = new TextDecoder()
  let text = ''
  while (reader) {
    const { done, value } = await reader.read()
    if (done) break
    text += decoder.decode(value, { stream: true })
    if (text.length > most) {
      await reader.cancel()
      return `${text.slice(0, most)}\n… cut off here.`
    }
  }
  return text + decoder.decode()
}
