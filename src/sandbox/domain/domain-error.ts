/** Members a problem carries beside the usual ones (RFC 9457, 3.2). */
export type ProblemMembers = Readonly<Record<string, unknown>>

/** A rule of the product says no. Codes are those of the OpenAPI document's `x-problem-codes`. */
export class DomainError extends Error {
  override readonly name = 'DomainError'
  readonly code: string
  readonly members: ProblemMembers

  /** @param detail One sentence for the caller of the API. */
  constructor(code: string, detail: string, members: ProblemMembers = {}) {
    super(detail)
    this.code = code
    this.members = members
  }
}

/** The id is unknown, or belongs to another account: nobody learns which. */
export function notFound(what: string, id: string): DomainError {
  return new DomainError('NOT_FOUND', `There is no ${what} ${id}.`)
}

/** @param field Where in the body the value stands, e.g. `operations/0/removeItems/itemIds/1`. */
export function invalidInput(field: string, problem: string): DomainError {
  return new DomainError('INVALID_INPUT', `${field}: ${problem}`, {
    errors: [{ detail: problem, pointer: `#/${field}` }],
  })
}
