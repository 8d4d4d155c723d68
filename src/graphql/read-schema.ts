import {
  type ASTNode,
  buildSchema,
  type ConstDirectiveNode,
  type GraphQLField as Field,
  type GraphQLArgument,
  type GraphQLEnumValue,
  GraphQLError,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isScalarType,
  isSpecifiedScalarType,
  isUnionType,
  Kind,
  print,
  type GraphQLType as SchemaType,
} from 'graphql'
import { Anchors } from '../model/anchor.ts'
import { kebabCase, shortHash } from '../model/slug.ts'
import {
  type GraphqlField,
  type GraphqlInput,
  type GraphqlReference,
  type GraphqlRoot,
  type GraphqlType,
  type GraphqlValue,
  graphqlHome,
  graphqlTypes,
  type RootKind,
  type TypeKind,
  type TypeUse,
} from './reference.ts'
import { GraphqlSchemaError } from './schema-error.ts'

export interface SchemaSource {
  /** For messages. */
  file: string
  sdl: string
  /** Path of the endpoint at the API's origin. */
  path: string
  /** Ids of the operations that `@operation` may name. */
  operationIds: ReadonlySet<string>
}

/**
 * Reads a schema written in GraphQL's definition language. A directive `@operation(id: "…")` on a
 * field or an object ties it to an operation of the OpenAPI document.
 *
 * @throws {GraphqlSchemaError} The text is no valid schema, or names an operation that is not there.
 * @see https://spec.graphql.org/October2021/#sec-Type-System
 */
export function readSchema(source: SchemaSource): GraphqlReference {
  const schema = build(source)
  return new SchemaReader(source, schema).read()
}

function build({ file, sdl }: SchemaSource): GraphQLSchema {
  try {
    return buildSchema(sdl)
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause
    const line = cause instanceof GraphQLError ? (cause.locations?.[0]?.line ?? 1) : 1
    throw new GraphqlSchemaError(file, line, cause.message, { cause })
  }
}

const rootTitles: readonly { kind: RootKind; title: string }[] = [
  { kind: 'query', title: 'Queries' },
  { kind: 'mutation', title: 'Mutations' },
  { kind: 'subscription', title: 'Subscriptions' },
]

class SchemaReader {
  readonly #source: SchemaSource
  readonly #schema: GraphQLSchema
  readonly #rootTypes = new Map<RootKind, GraphQLObjectType>()
  /** Names of the types that have a page, and its address. */
  readonly #pages = new Map<string, string>()
  readonly #uses = new Map<string, { label: string; href: string }[]>()

  constructor(source: SchemaSource, schema: GraphQLSchema) {
    this.#source = source
    this.#schema = schema
    const roots = {
      query: schema.getQueryType(),
      mutation: schema.getMutationType(),
      subscription: schema.getSubscriptionType(),
    }
    for (const { kind } of rootTitles) {
      const type = roots[kind]
      if (type) this.#rootTypes.set(kind, type)
    }
  }

  read(): GraphqlReference {
    const named = this.#namedTypes()
    const slugs = new Slugs()
    for (const { name } of named) this.#pages.set(name, `${graphqlTypes}${slugs.for(name)}/`)
    const roots = rootTitles.flatMap(({ kind, title }) => {
      const type = this.#rootTypes.get(kind)
      return type ? [this.#root(kind, title, type)] : []
    })
    const types = named.map((type) => this.#type(type))
    for (const type of types) type.usedBy = this.#uses.get(type.name) ?? []
    const { sdl, path } = this.#source
    return { sdl, path, roots, types }
  }

  #namedTypes(): GraphQLNamedType[] {
    const roots = new Set<GraphQLNamedType>(this.#rootTypes.values())
    return Object.values(this.#schema.getTypeMap())
      .filter(
        (type) => !roots.has(type) && !isIntrospectionType(type) && !isSpecifiedScalarType(type),
      )
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
  }

  #root(kind: RootKind, title: string, type: GraphQLObjectType): GraphqlRoot {
    const home = `${graphqlHome}${title.toLowerCase()}/`
    const slugs = new Slugs()
    return {
      kind,
      title,
      href: home,
      description: type.description ?? '',
      fields: Object.values(type.getFields()).map((field) => {
        const href = `${home}${slugs.for(field.name)}/`
        const anchors = new Anchors()
        return { ...this.#field(field, anchors, field.name, href), root: kind, href }
      }),
    }
  }

  #type(type: GraphQLNamedType): GraphqlType {
    const href = this.#pages.get(type.name) ?? ''
    const anchors = new Anchors()
    const base: GraphqlType = {
      name: type.name,
      kind: kindOf(type),
      description: type.description ?? '',
      href,
      fields: [],
      inputs: [],
      values: [],
      interfaces: [],
      possible: [],
      usedBy: [],
    }
    if (isObjectType(type) || isInterfaceType(type)) {
      base.fields = Object.values(type.getFields()).map((field) =>
        this.#field(field, anchors, `${type.name}.${field.name}`, href),
      )
      base.interfaces = type.getInterfaces().map((one) => this.#use(one))
      const operation = this.#operation(type.astNode?.directives)
      if (operation !== undefined) base.operation = operation
    }
    if (isInterfaceType(type) || isUnionType(type)) {
      base.possible = this.#schema.getPossibleTypes(type).map((one) => this.#use(one))
    }
    if (isInputObjectType(type)) {
      base.inputs = Object.values(type.getFields()).map((field) => {
        const input = this.#input(field, anchors, 'field')
        this.#note(field.type, {
          label: `${type.name}.${field.name}`,
          href: `${href}#${input.anchor}`,
        })
        return input
      })
    }
    if (isEnumType(type)) {
      base.values = type.getValues().map((value) => enumValue(value, anchors))
    }
    if (isScalarType(type) && type.specifiedByURL) base.specifiedBy = type.specifiedByURL
    return base
  }

  #field(
    field: Field<unknown, unknown>,
    anchors: Anchors,
    label: string,
    page: string,
  ): GraphqlField {
    const isRoot = !label.includes('.')
    const anchor = anchors.for(['field', field.name])
    const href = isRoot ? page : `${page}#${anchor}`
    this.#note(field.type, { label, href })
    const operation = this.#operation(field.astNode?.directives)
    return {
      name: field.name,
      description: field.description ?? '',
      type: this.#use(field.type),
      args: field.args.map((arg) => {
        const input = isRoot
          ? this.#input(arg, anchors, 'argument')
          : this.#input(arg, anchors, 'field', field.name)
        this.#note(arg.type, { label: `${label}(${arg.name})`, href: `${page}#${input.anchor}` })
        return input
      }),
      anchor,
      ...(field.deprecationReason != null && { deprecated: field.deprecationReason }),
      ...(operation !== undefined && { operation }),
    }
  }

  #input(
    input: GraphQLArgument | GraphQLInputField,
    anchors: Anchors,
    ...steps: string[]
  ): GraphqlInput {
    const literal = input.astNode?.defaultValue
    return {
      name: input.name,
      description: input.description ?? '',
      type: this.#use(input.type),
      required: isRequiredArgument(input) || isRequiredInputField(input),
      anchor: anchors.for([...steps, input.name]),
      ...(literal && { default: print(literal) }),
      ...(input.deprecationReason != null && { deprecated: input.deprecationReason }),
    }
  }

  #use(type: SchemaType): TypeUse {
    const text = String(type)
    const { name } = getNamedType(type)
    const at = text.indexOf(name)
    const href = this.#pages.get(name)
    return {
      before: text.slice(0, at),
      name,
      after: text.slice(at + name.length),
      ...(href !== undefined && { href }),
    }
  }

  #note(type: SchemaType, use: { label: string; href: string }): void {
    const { name } = getNamedType(type)
    const uses = this.#uses.get(name) ?? []
    uses.push(use)
    this.#uses.set(name, uses)
  }

  #operation(directives: readonly ConstDirectiveNode[] | undefined): string | undefined {
    const directive = directives?.find(({ name }) => name.value === 'operation')
    const value = directive?.arguments?.find(({ name }) => name.value === 'id')?.value
    if (!directive || value?.kind !== Kind.STRING) return undefined
    if (this.#source.operationIds.has(value.value)) return value.value
    throw new GraphqlSchemaError(
      this.#source.file,
      lineOf(directive),
      `the OpenAPI document has no operation with the id "${value.value}".`,
    )
  }
}

function enumValue(value: GraphQLEnumValue, anchors: Anchors): GraphqlValue {
  return {
    name: value.name,
    description: value.description ?? '',
    anchor: anchors.for(['value', value.name]),
    ...(value.deprecationReason != null && { deprecated: value.deprecationReason }),
  }
}

function kindOf(type: GraphQLNamedType): TypeKind {
  if (isObjectType(type)) return 'object'
  if (isInterfaceType(type)) return 'interface'
  if (isUnionType(type)) return 'union'
  if (isEnumType(type)) return 'enum'
  return isInputObjectType(type) ? 'input' : 'scalar'
}

function lineOf({ loc }: ASTNode): number {
  return loc?.startToken.line ?? 1
}

/** Last segments of addresses. Names that differ in letter case alone get different ones. */
class Slugs {
  readonly #taken = new Set<string>()

  for(name: string): string {
    const slug = kebabCase(name) || shortHash(name)
    const unique = this.#taken.has(slug) ? `${slug}-${shortHash(name)}` : slug
    this.#taken.add(unique)
    return unique
  }
}
