import { type CallOptions, demo, type Json, type TestApi } from './harness.ts'

export interface Answered {
  status: number
  headers: Headers
  data: Json
  errors: Json[] | undefined
}

export interface QueryOptions extends Pick<CallOptions, 'as' | 'scopes' | 'headers'> {
  variables?: Json
}

/** Asks the GraphQL API of a test's sandbox. */
export async function ask(
  api: TestApi,
  query: string,
  { as = demo, scopes, headers = {}, variables }: QueryOptions = {},
): Promise<Answered> {
  const credential: Record<string, string> = scopes
    ? { authorization: `Bearer ${as}.${scopes.join('+').replaceAll(':', '_')}` }
    : as === null
      ? {}
      : { 'x-api-key': `sl_${as}` }
  const response = await api.request('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...credential, ...headers },
    body: JSON.stringify({ query, variables }),
  })
  const { data, errors } = (await response.json()) as Json
  return { status: response.status, headers: response.headers, data, errors }
}

/** The data of a request that must succeed. */
export async function data(api: TestApi, query: string, options?: QueryOptions): Promise<Json> {
  const answer = await ask(api, query, options)
  if (answer.errors) throw new Error(JSON.stringify(answer.errors))
  return answer.data
}

/** The one error of a request that must be refused: its `extensions`, message and path. */
export async function refusal(api: TestApi, query: string, options?: QueryOptions): Promise<Json> {
  const { errors } = await ask(api, query, options)
  if (errors?.length !== 1) throw new Error(`not one error: ${JSON.stringify(errors)}`)
  const [{ extensions, message, path }] = errors
  return { ...extensions, message, path }
}
