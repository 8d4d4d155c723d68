import type { Example, Operation, Reference, ResponseDescription } from '../../model/operation.ts'

/** @throws {Error} The OpenAPI document has no operation with this id. */
export function homeOperation({ operations }: Reference, id: string): Operation {
  const operation = operations.find((candidate) => candidate.id === id)
  if (operation) return operation
  throw new Error(`The front page shows "${id}", and the OpenAPI document has no such operation.`)
}

/**
 * The first example of an operation's success.
 *
 * @throws {Error} The OpenAPI document has none.
 */
export function successExample({ id, responses }: Operation): {
  response: ResponseDescription
  mediaType: string
  example: Example
} {
  for (const response of responses.filter(({ status }) => status.startsWith('2'))) {
    for (const { mediaType, examples } of response.content) {
      const [example] = examples
      if (example) return { response, mediaType, example }
    }
  }
  throw new Error(`The front page shows the answer of "${id}", which has no example.`)
}
