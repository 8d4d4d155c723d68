import type { SchemaView } from '../../model/operation.ts'
import { innermost } from './shape.ts'

/** A piece of a line; one with an address is a link to the page of a component. */
export interface Piece {
  text: string
  /** Below the site's base. */
  href?: string
}

/** Type of a schema in words; the component it is made of leads to its page. */
export function typePieces(schema: SchemaView): Piece[] {
  const { type } = schema
  const { name, href } = innermost(schema)
  if (name === undefined) return [{ text: type }]
  const link: Piece = { text: name, ...(href !== undefined && { href }) }
  const at = placeOf(name, type)
  if (at === -1) return [{ text: `${type}, ` }, link]
  const around = [type.slice(0, at), type.slice(at + name.length)]
  return [{ text: around[0] ?? '' }, link, { text: around[1] ?? '' }].filter(({ text }) => text)
}

/** Format and limits, those of the items of an array after its own. */
export function limits(schema: SchemaView): string[] {
  const words = [...(schema.format === undefined ? [] : [schema.format]), ...schema.facts]
  let each = 'each'
  for (let inside = schema.items; inside; inside = inside.items) {
    const own = [...(inside.format === undefined ? [] : [inside.format]), ...inside.facts]
    if (own.length > 0) words.push(`${each} ${own.join(', ')}`)
    each = `${each} of each`
  }
  return words
}

/** Where a name stands as a word of its own. */
function placeOf(name: string, text: string): number {
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    const around = (text[at - 1] ?? ' ') + (text[at + name.length] ?? ' ')
    if (/^[\s()][\s()]$/.test(around)) return at
  }
  return -1
}
