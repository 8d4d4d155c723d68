import type { VaultClient } from '../oauth/vault/client.ts'
import { looksLikeApiKey } from '../request/api-key.ts'
import type { ApiRequest } from '../request/api-request.ts'

/** A call that this page does not make. The message can be shown as it is. */
export class ExplorerRefusal extends Error {
  override readonly name = 'ExplorerRefusal'
  readonly code: 'api_key' | 'header' | 'not_confirmed' | 'not_signed_in' | 'foreign'

  constructor(code: ExplorerRefusal['code'], message: string) {
    super(message)
    this.code = code
  }
}

/** Bodies up to here are looked through for keys; beyond it nobody types. */
const longestSearched = 1_000_000

/** Headers that only the vault may set, or that the browser makes. */
const vaultHeaders = /^(authorization|x-api-key|api-key|cookie2?|proxy-.*)$/i

/**
 * Reads a `Request` into the shape that the vault sends.
 *
 * @throws {ExplorerRefusal} It holds a credential, or something that looks like an API key.
 */
export async function readRequest(request: Request): Promise<ApiRequest> {
  const headers = [...request.headers]
  for (const [name] of headers) {
    if (vaultHeaders.test(name)) {
      throw new ExplorerRefusal(
        'header',
        `A page cannot send the header ${name}. Sign in instead, or use the curl.`,
      )
    }
  }
  const hasBody = !['GET', 'HEAD'].includes(request.method) && request.body !== null
  const text = hasBody ? await request.text() : ''
  const searched = [request.url, ...headers.flat(), text.slice(0, longestSearched)]
  if (searched.some(looksLikeApiKey)) {
    throw new ExplorerRefusal(
      'api_key',
      'That looks like an API key. Keys do not belong in a page: use the curl with a variable.',
    )
  }
  return {
    method: request.method,
    url: request.url,
    headers,
    ...(text !== '' && { body: { kind: 'text', text } }),
  }
}

/** Sends through the vault, and gives the answer the shape that `fetch` gives. */
export async function sendThroughVault(
  vault: VaultClient,
  request: ApiRequest,
  { environment, authorize }: { environment: string; authorize: boolean },
  signal: AbortSignal,
): Promise<Response> {
  const answer = await vault.send({ environment, request, authorize }, signal)
  const { status, statusText, headers } = answer.head
  const body = [204, 205, 304].includes(status)
    ? null
    : new ReadableStream<Uint8Array>({
        async pull(controller) {
          const piece = await answer.read()
          if (piece) controller.enqueue(piece)
          else controller.close()
        },
      })
  return new Response(body, { status, statusText, headers: new Headers(headers) })
}
