import {
  type ConstDirectiveNode,
  type DocumentNode,
  type GraphQLSchema,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  separateOperations,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import type { ExplorerOperation } from '../../explorer/operations.ts'

/** What a query takes before it may be sent. */
export interface QueryNeeds {
  kind: 'query' | 'mutation' | 'subscription'
  scopes: { name: string; dangerous: boolean }[]
  /** Works without a sign-in: nothing in it is tied to an operation that needs one. */
  open: boolean
  /** What it deletes or spends, a sentence for each field. */
  confirms: string[]
}

/** Operations by id. */
export type Operations = Readonly<Record<string, ExplorerOperation>>

/** Words in the name of a field that nothing else is known of. */
const destructiveName =
  /delete|remove|destroy|purge|drop|erase|revoke|cancel|pay|buy|charge|topup|spend/i

/**
 * Reads off which scopes a query needs, by the operations that its fields are tied to, and what it
 * would delete or spend.
 *
 * @param document A valid document.
 * @param name Of the operation in it; nothing where it has one alone.
 */
export function needsOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  name: string | undefined,
  operations: Operations,
): QueryNeeds {
  const only = separateOperations(document)[name ?? ''] ?? document
  const definition = only.definitions.find(
    (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
  )
  const kind = definition?.operation ?? 'query'
  const tied = new Set<string>()
  const confirms = new Set<string>()
  const types = new TypeInfo(schema)
  const tieType = (condition: string | undefined): void => {
    const type = condition === undefined ? undefined : schema.getType(condition)
    const id = isObjectType(type) ? operationId(type.astNode?.directives) : undefined
    if (id !== undefined) tied.add(id)
  }
  visit(
    only,
    visitWithTypeInfo(types, {
      Field(node) {
        const id = operationId(types.getFieldDef()?.astNode?.directives)
        if (id !== undefined) tied.add(id)
        const isRoot = types.getParentType() === schema.getMutationType()
        if (isRoot) confirm(node.name.value, id, operations, confirms)
      },
      InlineFragment: ({ typeCondition }) => tieType(typeCondition?.name.value),
      FragmentDefinition: ({ typeCondition }) => tieType(typeCondition.name.value),
    }),
  )
  const needed = [...tied].flatMap((id) => operations[id] ?? [])
  const scopes = new Map(needed.flatMap((one) => one.scopes.map((scope) => [scope.name, scope])))
  return {
    kind,
    scopes: [...scopes.values()],
    open: needed.length > 0 && needed.every(({ open }) => open),
    confirms: [...confirms],
  }
}

/** What a mutation says before it is sent: the document's own words, or a warning where it is silent. */
function confirm(
  field: string,
  id: string | undefined,
  operations: Operations,
  confirms: Set<string>,
): void {
  const operation = id === undefined ? undefined : operations[id]
  if (operation?.confirm !== undefined) confirms.add(`${field}: ${operation.confirm}`)
  else if (operation?.scopes.some(({ dangerous }) => dangerous)) {
    confirms.add(`${field} may delete or spend.`)
  } else if (!operation && destructiveName.test(field)) {
    confirms.add(`${field} sounds as if it deletes or spends.`)
  }
}

function operationId(directives: readonly ConstDirectiveNode[] | undefined): string | undefined {
  const value = directives
    ?.find(({ name }) => name.value === 'operation')
    ?.arguments?.find(({ name }) => name.value === 'id')?.value
  return value?.kind === Kind.STRING ? value.value : undefined
}
