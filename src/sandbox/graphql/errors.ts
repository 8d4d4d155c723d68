import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import { DomainError } from '../domain/domain-error.ts'
import { Problem } from '../rest/problem.ts'
import { writeRefusal } from './refusal.ts'

/** The refusal behind an error, or nothing where no rule foresaw it. */
export function refusalOf(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error
  if (error instanceof DomainError) {
    return new Problem(error.code, error.message, { members: error.members })
  }
  if (!(error instanceof GraphQLError)) return undefined
  if (error.originalError) return refusalOf(error.originalError)
  // What the GraphQL library refuses by itself: the document can be read but does not fit.
  const code = error.extensions.code
  const isOurs = code === 'BAD_REQUEST' || code === 'INVALID_INPUT'
  return new Problem(isOurs ? code : 'INVALID_INPUT', error.message)
}

/** @param error Where in the request it was. */
export function writeError(problem: Problem, error?: unknown): GraphQLFormattedError {
  const { locations, path } = error instanceof GraphQLError ? error : {}
  return {
    ...writeRefusal(problem),
    ...(locations ? { locations } : {}),
    ...(path ? { path } : {}),
  }
}
