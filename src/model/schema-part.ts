import { isObject, type JsonObject } from '../document/index.ts'

/** A schema that a value, or a piece of it, is held against besides its plain shape. */
export interface SchemaPart {
  kind:
    | 'not'
    | 'if'
    | 'then'
    | 'else'
    | 'with'
    | 'names'
    | 'contains'
    | 'restItems'
    | 'restProperties'
    | 'content'
  raw: unknown
  /** Property that must be there for it to hold (`with`). */
  property?: string
  /** How many items must match (`contains`). */
  least?: number
  most?: number
  /** What the text holds (`content`). */
  mediaType?: string
}

/** Keywords that become parts, or say more about one. */
export const partKeywords: ReadonlySet<string> = new Set([
  'not',
  'if',
  'then',
  'else',
  'dependentSchemas',
  'propertyNames',
  'contains',
  'minContains',
  'maxContains',
  'contentSchema',
  'dependencies',
])

/** The parts that one schema names itself, in a fixed order. */
export function partsOf(schema: JsonObject): SchemaPart[] {
  const parts: SchemaPart[] = []
  const add = (kind: SchemaPart['kind'], raw: unknown, more: Partial<SchemaPart> = {}): void => {
    if (raw !== undefined) parts.push({ kind, raw, ...more })
  }
  add('not', schema.not)
  if (schema.if !== undefined) {
    add('if', schema.if)
    add('then', schema.then)
    add('else', schema.else)
  }
  for (const dependent of [schema.dependentSchemas, schema.dependencies]) {
    for (const [property, raw] of Object.entries(isObject(dependent) ? dependent : {})) {
      if (!Array.isArray(raw)) add('with', raw, { property })
    }
  }
  add('names', schema.propertyNames)
  const { minContains, maxContains } = schema
  add('contains', schema.contains, {
    least: typeof minContains === 'number' ? minContains : 1,
    ...(typeof maxContains === 'number' && { most: maxContains }),
  })
  // `true` would say nothing, `false` is said in a word.
  if (isObject(schema.unevaluatedItems)) add('restItems', schema.unevaluatedItems)
  if (Array.isArray(schema.prefixItems) && isObject(schema.items)) add('restItems', schema.items)
  if (isObject(schema.unevaluatedProperties)) add('restProperties', schema.unevaluatedProperties)
  add('content', schema.contentSchema, {
    ...(typeof schema.contentMediaType === 'string' && { mediaType: schema.contentMediaType }),
  })
  return parts
}

/** What a part is, in words that its schema goes on. */
export function partInWords(part: SchemaPart): string {
  switch (part.kind) {
    case 'not':
      return 'Must not be'
    case 'if':
      return 'If it is'
    case 'then':
      return 'then it must be'
    case 'else':
      return 'otherwise it must be'
    case 'with':
      return `With ${part.property}, also`
    case 'names':
      return 'Every name in it'
    case 'contains':
      return `${containedCount(part)} must be`
    case 'restItems':
      return 'Every further item'
    case 'restProperties':
      return 'Every other property'
    case 'content':
      return part.mediaType ? `The ${part.mediaType} text holds` : 'The text holds'
  }
}

function containedCount({ least = 1, most }: SchemaPart): string {
  const noun = (count: number): string => (count === 1 ? 'item' : 'items')
  if (most === undefined) return `At least ${least} ${noun(least)}`
  return least === most ? `Exactly ${least} ${noun(least)}` : `${least} to ${most} ${noun(most)}`
}
