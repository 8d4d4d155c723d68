/**
 * A GraphQL schema as plain data: everything a page, its Markdown twin or the explorer's links need,
 * settled once from the SDL.
 */

/** A type where it is used: `[Stream!]!` is `[`, `Stream`, `!]!`. */
export interface TypeUse {
  before: string
  name: string
  after: string
  /** Page of the named type below the site's base; the five scalars of the language have none. */
  href?: string
}

/** An argument of a field, or a field of an input. */
export interface GraphqlInput {
  name: string
  /** Markdown. */
  description: string
  type: TypeUse
  /** Must be sent. */
  required: boolean
  /** GraphQL text of the default. */
  default?: string
  /** Why it should not be used any more. */
  deprecated?: string
  /** Unique on its page. */
  anchor: string
}

export interface GraphqlField {
  name: string
  /** Markdown. */
  description: string
  type: TypeUse
  args: GraphqlInput[]
  deprecated?: string
  /** Id of the REST operation that it mirrors, which settles its scope and its errors. */
  operation?: string
  anchor: string
}

/** A field that a request begins with: it has a page of its own. */
export interface RootField extends GraphqlField {
  root: RootKind
  /** Below the site's base, with slashes at both ends: `/graphql/queries/streams/`. */
  href: string
}

export type RootKind = 'query' | 'mutation' | 'subscription'

export interface GraphqlRoot {
  kind: RootKind
  /** `Queries`. */
  title: string
  href: string
  /** Markdown. */
  description: string
  fields: RootField[]
}

export type TypeKind = 'object' | 'interface' | 'union' | 'enum' | 'input' | 'scalar'

export interface GraphqlType {
  name: string
  kind: TypeKind
  /** Markdown. */
  description: string
  href: string
  /** Of an object or interface. */
  fields: GraphqlField[]
  /** Of an input. */
  inputs: GraphqlInput[]
  /** Of an enum. */
  values: GraphqlValue[]
  /** Interfaces that it has. */
  interfaces: TypeUse[]
  /** What an interface or union may turn out to be. */
  possible: TypeUse[]
  /** Fields, arguments and inputs of this type, as `Stream.destination`. */
  usedBy: { label: string; href: string }[]
  /** Where the scalar is specified. */
  specifiedBy?: string
  /** Id of the REST operation that reads one. */
  operation?: string
}

export interface GraphqlValue {
  name: string
  /** Markdown. */
  description: string
  deprecated?: string
  anchor: string
}

export interface GraphqlReference {
  /** The schema as it was written. */
  sdl: string
  /** Path at the API's origin, e.g. `/graphql`. */
  path: string
  roots: GraphqlRoot[]
  /** In alphabetical order. */
  types: GraphqlType[]
}

/** Where the pages begin. */
export const graphqlHome = '/graphql/'
export const graphqlTypes = '/graphql/types/'
export const graphqlExplorer = '/graphql/explorer/'
/** Address of the SDL file. */
export const graphqlSdl = '/schema.graphql'

/** How the kinds are called and in which order they are listed. */
export const typeKinds: readonly { kind: TypeKind; title: string; one: string }[] = [
  { kind: 'object', title: 'Objects', one: 'Object' },
  { kind: 'interface', title: 'Interfaces', one: 'Interface' },
  { kind: 'union', title: 'Unions', one: 'Union' },
  { kind: 'input', title: 'Inputs', one: 'Input' },
  { kind: 'enum', title: 'Enums', one: 'Enum' },
  { kind: 'scalar', title: 'Scalars', one: 'Scalar' },
]
