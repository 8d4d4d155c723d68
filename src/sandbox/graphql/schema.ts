import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  type ConstDirectiveNode,
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
} from 'graphql'
import { createSchema } from 'graphql-yoga'
import { type Caller, missingScope } from '../rest/authenticate.ts'
import { type Contract, type ContractOperation, incomplete } from '../rest/contract.ts'
import { handlers } from '../rest/handlers/index.ts'
import { Problem } from '../rest/problem.ts'
import { checkValues } from '../rest/read-request.ts'
import type { GraphqlContext } from './context.ts'
import { fields } from './fields.ts'
import { mutate, mutations } from './mutations.ts'

const schemaFile = fileURLToPath(new URL('../../../openapi/schema.graphql', import.meta.url))

/**
 * Reads the schema and ties each field that names an operation of the REST API to its scope.
 *
 * @throws {SandboxError} A field that can be asked for names no operation, or one that does not
 * exist.
 */
export function readSchema(contract: Contract): GraphQLSchema {
  const schema = createSchema({ typeDefs: readFileSync(schemaFile, 'utf8'), resolvers: fields })
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue
    for (const field of Object.values(type.getFields())) tie(schema, contract, type, field)
  }
  return schema
}

type Field = GraphQLField<unknown, GraphqlContext>

/** What an interface stands for says itself what it is. */
interface Typed {
  __typename: string
}

function tie(
  schema: GraphQLSchema,
  contract: Contract,
  type: GraphQLObjectType,
  field: Field,
): void {
  const operation = operationOf(contract, field.astNode?.directives)
  const isRoot = type === schema.getQueryType() || type === schema.getMutationType()
  const isNode = isInterfaceType(getNamedType(field.type))
  if (!operation) {
    if (isRoot && !isNode) throw incomplete(`${type.name}.${field.name} has no @operation`)
    if (isNode) guardNode(schema, contract, field)
    return
  }
  const handler = handlers[operation.id]
  const read = mutations[field.name]
  const isMutation = type === schema.getMutationType()
  if (isMutation && !(handler && read)) throw incomplete(`nothing does ${field.name}`)
  const resolve =
    isMutation && handler && read
      ? mutate(operation, handler, read)
      : (field.resolve ?? defaultFieldResolver)
  field.resolve = (source, args, context, info) =>
    context.track(
      (async () => {
        checkScope(operation, context.caller)
        checkValues(args, [])
        return resolve(source, args, context, info)
      })(),
    )
}

/** What is behind an id decides which scope reading it takes. */
function guardNode(schema: GraphQLSchema, contract: Contract, field: Field): void {
  const resolve = field.resolve ?? defaultFieldResolver
  field.resolve = (source, args, context, info) =>
    context.track(
      (async () => {
        checkValues(args, [])
        const found = (await resolve(source, args, context, info)) as Typed | null
        if (!found) return null
        const type = schema.getType(found.__typename)
        const operation = operationOf(contract, type?.astNode?.directives)
        if (!operation) throw incomplete(`${found.__typename} has no @operation`)
        checkScope(operation, context.caller)
        return found
      })(),
    )
}

function checkScope(operation: ContractOperation, caller: Caller): void {
  const scope = missingScope(operation, caller)
  if (scope === undefined) return
  throw new Problem('INSUFFICIENT_SCOPE', `The access token was not granted ${scope}.`, {
    members: { scope },
  })
}

function operationOf(
  contract: Contract,
  directives: readonly ConstDirectiveNode[] = [],
): ContractOperation | undefined {
  const directive = directives.find(({ name }) => name.value === 'operation')
  const value = directive?.arguments?.find(({ name }) => name.value === 'id')?.value
  if (value?.kind !== Kind.STRING) return undefined
  const operation = contract.operations.find(({ id }) => id === value.value)
  if (!operation) throw incomplete(`it does not describe ${value.value}`)
  return operation
}
