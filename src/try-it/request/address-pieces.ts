import { encodePathLiteral, serverIn } from '../../request/index.ts'
import type { PanelOperation } from '../operation.ts'
import { type Field, pieceOf } from './parameter/field.ts'

/** A piece of an address: what the document wrote, or what a field put into it. */
export interface AddressPiece {
  text: string
  /** Key of the field. */
  field?: string
  /** The field is empty, and its name stands here. */
  isOpen?: boolean
}

/**
 * The address of a request in pieces, each parameter in its place. Joined they are the URL that is
 * sent, where one can be sent.
 *
 * @param api Origin of the environment.
 */
export function addressPieces(
  operation: PanelOperation,
  fields: readonly Field[],
  api: string,
): AddressPiece[] {
  const [template = ''] = operation.path.split('#')
  const inPath = new Map(
    fields
      .filter(({ parameter }) => parameter.in === 'path')
      .map((one) => [one.parameter.name, one]),
  )
  const literals = template.split(/(\{[^{}]*\})/).filter(Boolean)
  const pieces: AddressPiece[] = literals.map((literal) => {
    const name = /^\{[^{}]*\}$/.test(literal) ? literal.slice(1, -1) : undefined
    const field = name === undefined ? undefined : inPath.get(name)
    if (!field) return { text: name === undefined ? encodePathLiteral(literal) : literal }
    const text = textOf(field)
    return text ? { text, field: field.key } : { text: literal, field: field.key, isOpen: true }
  })
  const query = fields.flatMap((field) => {
    if (!/^query/.test(field.parameter.in)) return []
    const text = textOf(field)
    return text ? [{ text, field: field.key }] : []
  })
  const base = serverIn(operation.server, api)
  return [
    { text: base },
    ...pieces,
    ...query.flatMap((piece, index) => [
      { text: index === 0 && !template.includes('?') ? '?' : '&' },
      piece,
    ]),
  ]
}

function textOf(field: Field): string | undefined {
  const text = pieceOf(field)
  return field.secret ? text?.replace(/=.*/s, '=•••') : text
}
