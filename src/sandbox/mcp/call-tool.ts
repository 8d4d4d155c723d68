import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js'
import { asProblem } from '../rest/app.ts'
import { authorize, type Caller, type Resource } from '../rest/authenticate.ts'
import type { ContractOperation } from '../rest/contract.ts'
import { invalidParameter, Problem } from '../rest/problem.ts'
import { checkBody, checkValues, type QueryValues } from '../rest/read-request.ts'
import { type Runner, runErrand } from '../rest/run.ts'
import { nearestName } from './nearest.ts'
import type { Tool } from './tools.ts'

export interface ToolCall {
  tool: Tool
  arguments: Readonly<Record<string, unknown>>
  caller: Caller
}

export interface CallMeans {
  runner: Omit<Runner, 'refuse'>
  resource: Resource
  /** Told about failures that are no fault of the caller's. */
  onFailure: (error: unknown) => void
}

/** Does what the operation of the tool does; every refusal is a result that says why. */
export async function callTool(means: CallMeans, call: ToolCall): Promise<CallToolResult> {
  const { tool, caller, arguments: values } = call
  const { operation, handler } = tool
  try {
    authorize(operation, caller, means.resource)
    refuseUnknown(tool, values)
    requireAgreement(tool, values)
    const body = tool.body && pick(values, tool.body)
    let refused: Problem | undefined
    const reply = await runErrand(
      {
        ...means.runner,
        refuse(problem) {
          refused = problem
          return { status: 400, headers: {} }
        },
      },
      {
        operation,
        handler,
        accountId: caller.accountId,
        input: { id: readId(tool, values), query: readQuery(operation, values), body },
        check: () => checkBody(operation, body),
      },
    )
    return refused ? failure(refused) : success(tool.shape(JSON.parse(reply.body ?? 'null')))
  } catch (error) {
    return failure(asProblem(error, means.onFailure))
  }
}

function success(result: Record<string, unknown>): CallToolResult {
  return {
    content: [{ type: 'text', text: JSON.stringify(result) }],
    structuredContent: result,
  }
}

function failure({ code, message, members }: Problem): CallToolResult {
  return {
    isError: true,
    content: [{ type: 'text', text: `Error [${code}]: ${message}` }],
    structuredContent: { code, detail: message, ...members },
  }
}

function refuseUnknown({ listed }: Tool, values: Readonly<Record<string, unknown>>): void {
  const names = Object.keys(listed.inputSchema.properties)
  for (const name of Object.keys(values)) {
    if (names.includes(name)) continue
    const nearest = nearestName(name, names)
    const hint = nearest
      ? `Did you mean ${nearest}?`
      : names.length > 0
        ? `It takes ${names.join(', ')}.`
        : 'It takes none.'
    throw invalidParameter(shown(name), `is no argument of this tool. ${hint}`)
  }
}

/** @throws {Problem} `CONFIRM_REQUIRED`, with what a person has to agree to. */
function requireAgreement({ confirm }: Tool, values: Readonly<Record<string, unknown>>): void {
  if (confirm === undefined || values.confirm === true) return
  throw new Problem(
    'CONFIRM_REQUIRED',
    `${confirm} Ask the person, and if they agree, call again with confirm: true.`,
  )
}

/** @throws {Problem} `INVALID_INPUT` */
function readId({ listed }: Tool, values: Readonly<Record<string, unknown>>): string {
  if (!('id' in listed.inputSchema.properties)) return ''
  const { id } = values
  if (id === undefined) throw invalidParameter('id', 'is missing.')
  if (typeof id !== 'string' || id === '')
    throw invalidParameter('id', 'must be the text of an id.')
  checkValues(id, ['id'])
  return id
}

/** @throws {Problem} `INVALID_INPUT` */
function readQuery(
  { query }: ContractOperation,
  values: Readonly<Record<string, unknown>>,
): QueryValues {
  const read: Record<string, string | number | boolean> = {}
  for (const { name, required, validate } of query) {
    const value = values[name]
    if (value === undefined) {
      if (required) throw invalidParameter(name, 'is missing.')
      continue
    }
    const [misfit] = validate(value)
    if (misfit) throw invalidParameter(name, misfit.problem)
    checkValues(value, [name])
    read[name] = value as string | number | boolean
  }
  return read
}

function pick(values: Readonly<Record<string, unknown>>, names: readonly string[]) {
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)))
}

/** What was sent may be shown again, as far as a line of text can show it. */
function shown(name: string): string {
  const line = name.toWellFormed().replace(/[\p{C}\p{Z}]+/gu, ' ')
  return line.length > 100 ? `${line.slice(0, 100)}…` : line
}
