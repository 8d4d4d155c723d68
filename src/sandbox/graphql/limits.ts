import {
  type ASTVisitor,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type ParseOptions,
  parse,
  type SelectionSetNode,
  type Source,
  type ValidationContext,
  visit,
} from 'graphql'

/** Words and signs of a document. */
const mostTokens = 1000
/** Fields that have fields of their own, and fragments, in the whole document. */
const mostSelections = 100
/** Levels of fields. */
const deepestFields = 12
/** Fields under another name, in the whole document. */
const mostAliases = 30
/** Objects that an answer may have. */
export const mostObjects = 10_000

/** What is assumed of a list that has no `first`. */
const usualLength = 10
const knownLengths: Readonly<Record<string, number>> = { 'Stream.playlists': 2 }

function tooLarge(problem: string, node?: FieldNode): GraphQLError {
  return new GraphQLError(problem, { nodes: node, extensions: { code: 'INVALID_INPUT' } })
}

/**
 * Parses a document, unless it is so large that checking it would take long: fields are compared
 * with each other.
 *
 * @throws {GraphQLError}
 */
export function parseWithin(source: string | Source, options?: ParseOptions): DocumentNode {
  const document = parse(source, { ...options, maxTokens: mostTokens })
  let count = 0
  const countOne = () => {
    count += 1
  }
  visit(document, {
    Field: ({ selectionSet }) => (selectionSet ? countOne() : undefined),
    InlineFragment: countOne,
    FragmentSpread: countOne,
  })
  if (count <= mostSelections) return document
  throw tooLarge(`A request may select from ${mostSelections} things.`)
}

/** Refuses documents that give many fields other names, which would repeat work at no cost. */
export function limitAliases(context: ValidationContext): ASTVisitor {
  let count = 0
  return {
    Field(node) {
      if (!node.alias) return
      count += 1
      if (count !== mostAliases + 1) return
      context.reportError(tooLarge(`A request may have ${mostAliases} aliases.`, node))
    },
  }
}

/** Refuses documents whose fields nest too deep. Questions about the schema are not counted. */
export function limitDepth(context: ValidationContext): ASTVisitor {
  const ofFragments = new Map<string, number>()
  const depthOf = ({ selections }: SelectionSetNode): number => {
    let deepest = 0
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        if (selection.name.value.startsWith('__')) continue
        const below = selection.selectionSet ? depthOf(selection.selectionSet) : 0
        deepest = Math.max(deepest, 1 + below)
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        deepest = Math.max(deepest, depthOf(selection.selectionSet))
      } else deepest = Math.max(deepest, depthOfFragment(selection.name.value))
    }
    return deepest
  }
  const depthOfFragment = (name: string): number => {
    const known = ofFragments.get(name)
    if (known !== undefined) return known
    // A fragment that holds itself is refused by another rule; here it must only come to an end.
    ofFragments.set(name, 0)
    const fragment = context.getFragment(name)
    const depth = fragment ? depthOf(fragment.selectionSet) : 0
    ofFragments.set(name, depth)
    return depth
  }
  return {
    OperationDefinition(node) {
      if (depthOf(node.selectionSet) <= deepestFields) return
      context.reportError(tooLarge(`Fields may nest ${deepestFields} levels deep.`))
    },
  }
}

/**
 * How many objects the answer could have: pages count as many as they ask for. Edges, connections
 * and values of their own count nothing.
 */
export function countObjects(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): number {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      fragments.set(definition.name.value, definition)
    }
  }
  const defaults = new Map(
    operation.variableDefinitions?.map(({ variable, defaultValue }) => [
      variable.name.value,
      defaultValue?.kind === Kind.INT ? Number(defaultValue.value) : undefined,
    ]),
  )
  const firstOf = (field: FieldNode): number => {
    const value = field.arguments?.find(({ name }) => name.value === 'first')?.value
    if (!value || value.kind === Kind.NULL) return 20
    if (value.kind === Kind.INT) return Math.min(100, Math.max(0, Number(value.value)))
    const name = value.kind === Kind.VARIABLE ? value.name.value : ''
    const given = variables[name] ?? defaults.get(name) ?? 20
    return typeof given === 'number' ? Math.min(100, Math.max(0, given)) : 100
  }
  const ofFragments = new Map<string, number>()
  const countIn = (
    { selections }: SelectionSetNode,
    typeName: string | undefined,
    pageLength: number,
  ): number => {
    const type = typeName === undefined ? undefined : schema.getType(typeName)
    let count = 0
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) count += countField(selection, type?.name, pageLength)
      else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const name = selection.typeCondition?.name.value ?? typeName
        count += countIn(selection.selectionSet, name, pageLength)
      } else count += countFragment(selection.name.value, pageLength)
    }
    return count
  }
  const countFragment = (name: string, pageLength: number): number => {
    const key = `${name} ${pageLength}`
    const known = ofFragments.get(key)
    if (known !== undefined) return known
    const fragment = fragments.get(name)
    const count = fragment
      ? countIn(fragment.selectionSet, fragment.typeCondition.name.value, pageLength)
      : 0
    ofFragments.set(key, count)
    return count
  }
  const countField = (node: FieldNode, parent: string | undefined, pageLength: number): number => {
    const owner = parent === undefined ? undefined : schema.getType(parent)
    if (!isObjectType(owner) && !isInterfaceType(owner)) return 0
    const field = owner.getFields()[node.name.value]
    const type = field && getNamedType(field.type)
    if (!field || !node.selectionSet || !isCompositeType(type)) return 0
    if (type.name.endsWith('Connection')) {
      return countIn(node.selectionSet, type.name, firstOf(node))
    }
    const isEdge = type.name.endsWith('Edge')
    const isObject = !isEdge && type.name !== 'PageInfo'
    const length = !isListType(getNullableType(field.type))
      ? 1
      : isEdge
        ? pageLength
        : (knownLengths[`${parent}.${node.name.value}`] ?? usualLength)
    return length * ((isObject ? 1 : 0) + countIn(node.selectionSet, type.name, 0))
  }
  const root = schema.getRootType(operation.operation)
  return countIn(operation.selectionSet, root?.name, 0)
}
