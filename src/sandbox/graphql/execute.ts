import {
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLError,
  getOperationAST,
} from 'graphql'
import type { Work } from '../domain/work.ts'
import type { Caller } from '../rest/authenticate.ts'
import type { ContractOperation } from '../rest/contract.ts'
import { type Errand, type Reply, type Runner, runErrand } from '../rest/run.ts'
import { GraphqlContext } from './context.ts'
import { refusalOf, writeError } from './errors.ts'
import { countObjects, mostObjects } from './limits.ts'

export interface Request {
  caller: Caller
  /** Makes the changes of the request happen once. */
  once?: Errand['once']
}

/**
 * Runs a whole request like one call of the REST API: in one transaction, on an account that is up
 * to date, its answer kept for a repeat where the caller asks for that. An error that no rule foresaw
 * takes everything back.
 */
export async function runRequest(
  runner: Runner,
  args: ExecutionArgs,
  { caller, once }: Request,
): Promise<Reply> {
  const operation = getOperationAST(args.document, args.operationName)
  const isChange = operation?.operation === 'mutation'
  if (operation) {
    const variables = args.variableValues ?? {}
    const count = countObjects(args.schema, args.document, operation, variables)
    if (count > mostObjects) {
      throw new GraphQLError(
        `The answer could have ${count} objects; ${mostObjects} are allowed. Ask for smaller pages.`,
        { extensions: { code: 'INVALID_INPUT' } },
      )
    }
  }
  return runErrand(runner, {
    operation: isChange ? changing : reading,
    handler: async ({ work }) => ({ body: await answer(args, caller, work) }),
    accountId: caller.accountId,
    input: { id: '', query: {}, body: undefined },
    check: () => {},
    ...(isChange && once ? { once } : {}),
  })
}

async function answer(args: ExecutionArgs, caller: Caller, work: Work): Promise<ExecutionResult> {
  const context = new GraphqlContext(caller, work)
  const result = await execute({ ...args, contextValue: context })
  await context.settled()
  const errors = result.errors?.map((error) => {
    const refusal = refusalOf(error)
    if (!refusal) throw error.originalError ?? error
    return writeError(refusal, error)
  })
  // As it is sent; the entries are no error objects any more.
  return {
    ...(errors ? { errors: errors as GraphQLError[] } : {}),
    ...('data' in result ? { data: result.data } : {}),
  }
}

const changing: ContractOperation = {
  id: 'graphql',
  method: 'POST',
  path: '/graphql',
  scopes: [],
  isPublic: false,
  query: [],
  headers: [],
  problems: new Map(),
  takesIdempotencyKey: true,
  success: 200,
}

/** Where the disk takes no writes, questions are answered all the same. */
const reading: ContractOperation = { ...changing, method: 'GET', takesIdempotencyKey: false }
