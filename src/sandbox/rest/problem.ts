import { STATUS_CODES } from 'node:http'
import type { ProblemMembers } from '../domain/domain-error.ts'

/** The request cannot be answered as asked; becomes a problem document (RFC 9457). */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: string
  readonly members: ProblemMembers
  readonly headers: Readonly<Record<string, string>>
  /** Only where the document's catalogue does not know the code. */
  readonly status?: number

  constructor(
    code: string,
    detail: string,
    options: {
      members?: ProblemMembers
      headers?: Readonly<Record<string, string>>
      status?: number
      cause?: unknown
    } = {},
  ) {
    super(detail, { cause: options.cause })
    this.code = code
    this.members = options.members ?? {}
    this.headers = options.headers ?? {}
    this.status = options.status
  }
}

export interface ProblemKind {
  status: number
  title: string
}

/** Codes of the document's catalogue, and where their pages are. */
export class ProblemCatalogue {
  readonly #kinds: ReadonlyMap<string, ProblemKind>
  readonly #site: string

  /** @param site Address of the docs without a trailing slash; problem types are pages of it. */
  constructor(kinds: ReadonlyMap<string, ProblemKind>, site: string) {
    this.#kinds = kinds
    this.#site = site
  }

  statusOf({ code, status }: Problem): number {
    return status ?? this.#kinds.get(code)?.status ?? 500
  }

  /** The code that stands for a status: the first one of that status, else the most general. */
  codeFor(status: number): string {
    for (const [code, kind] of this.#kinds) if (kind.status === status) return code
    return status < 500 ? 'BAD_REQUEST' : 'INTERNAL'
  }

  /** The body, without the id of the request: a stored answer is sent again under another one. */
  write(problem: Problem, instance: string): Record<string, unknown> {
    const kind = this.#kinds.get(problem.code)
    const status = this.statusOf(problem)
    const slug = problem.code.toLowerCase().replaceAll('_', '-')
    return {
      // A code outside the catalogue has no page that a type could lead to (RFC 9457, 4.2.1).
      type: kind ? `${this.#site}/errors/${slug}/` : 'about:blank',
      title: kind?.title ?? STATUS_CODES[status] ?? 'Refused',
      status,
      detail: problem.message,
      code: problem.code,
      instance,
      ...problem.members,
    }
  }
}

/** A value of the query, the path or a header that does not fit. */
export function invalidParameter(name: string, problem: string): Problem {
  return new Problem('INVALID_INPUT', `${name}: ${problem}`, {
    members: { errors: [{ detail: problem, parameter: name }] },
  })
}
