/** The GraphQL schema cannot be used, or says something that the OpenAPI document contradicts. */
export class GraphqlSchemaError extends Error {
  override readonly name = 'GraphqlSchemaError'
  readonly code = 'graphql_schema_invalid'
  readonly file: string
  /** From 1. */
  readonly line: number

  constructor(file: string, line: number, problem: string, options?: ErrorOptions) {
    super(`${file}:${line}: ${problem}`, options)
    this.file = file
    this.line = line
  }
}
