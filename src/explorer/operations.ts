import type { Operation } from '../model/operation.ts'
import { signInAlternatives } from '../try-it/session/scopes.ts'

/** What an explorer has to know of an operation before it sends a call to it. */
export interface ExplorerOperation {
  method: string
  /** Path template from the root of the API's origin. */
  path: string
  /** Works with nothing at all. */
  open: boolean
  /** Scopes of the first way to be let in by a sign-in. */
  scopes: { name: string; dangerous: boolean }[]
  /** What the call destroys or spends. */
  confirm?: string
}

/** @param server Path of the operation's server, e.g. `/v1`. */
export function describeForExplorer(operation: Operation, server: string): ExplorerOperation {
  const [first = []] = signInAlternatives(operation.security)
  const confirm =
    operation.confirm ??
    (operation.method === 'DELETE' ? 'This call deletes something for good.' : undefined)
  return {
    method: operation.method,
    path: server + operation.path,
    open: operation.security.length === 0 || operation.security.some((one) => one.length === 0),
    scopes: first.map(({ name, dangerous }) => ({ name, dangerous })),
    ...(confirm !== undefined && { confirm }),
  }
}

/** The operation that a request goes to; one without variables in its path before one with. */
export function operationOf(
  operations: readonly ExplorerOperation[],
  method: string,
  pathname: string,
): ExplorerOperation | undefined {
  const steps = pathname.split('/')
  return operations
    .filter((operation) => {
      const template = operation.path.split('/')
      return (
        operation.method === method.toUpperCase() &&
        template.length === steps.length &&
        template.every((step, at) => isVariable(step) || step === steps[at])
      )
    })
    .toSorted((a, b) => variables(a.path) - variables(b.path))[0]
}

function isVariable(step: string): boolean {
  return step.includes('{')
}

function variables(path: string): number {
  return path.split('{').length
}
