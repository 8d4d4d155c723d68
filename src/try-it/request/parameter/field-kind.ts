import type { Parameter, SchemaView } from '../../../model/operation.ts'

/** How a parameter is typed in. */
export type FieldKind =
  | 'choice'
  | 'number'
  | 'date-time'
  | 'date'
  | 'text'
  /** Several values, each in an input of its own. */
  | 'list'
  /** Several of a few known values. */
  | 'choices'
  /** Names and their values. */
  | 'object'

/** Decides by the parameter's schema; what is described by a media type is typed as its text. */
export function fieldKind({ view, mediaType }: Pick<Parameter, 'view' | 'mediaType'>): FieldKind {
  if (mediaType !== undefined) return 'text'
  if (isListView(view)) return view.items?.enum?.length ? 'choices' : 'list'
  if (isObjectView(view)) return 'object'
  if (choicesOf(view)) return 'choice'
  if (/^(integer|number)\b/.test(view.type)) return 'number'
  if (view.format === 'date-time' || view.format === 'date') return view.format
  return 'text'
}

export function isListView({ type }: SchemaView): boolean {
  return /^array\b/.test(type)
}

export function isObjectView({ type, properties, alternatives }: SchemaView): boolean {
  return (
    /^object\b/.test(type) ||
    properties.length > 0 ||
    (alternatives?.some(({ options }) => options.every(({ schema }) => isObjectView(schema))) ??
      false)
  )
}

/** Texts of the values that the document knows; none where it is open. */
export function choicesOf({
  type,
  enum: known,
  const: only,
  nullable,
}: SchemaView): string[] | undefined {
  const values =
    known?.map(({ value }) => value) ??
    (only === undefined ? (/^boolean( or null)?$/.test(type) ? ['true', 'false'] : []) : [only])
  if (values.length === 0) return undefined
  const texts = values.map(bare)
  return nullable && !texts.includes('null') ? [...texts, 'null'] : texts
}

/** JSON text of a primitive as one types it: without the quotes of a string. */
export function bare(json: string): string {
  if (!json.startsWith('"')) return json
  try {
    return String(JSON.parse(json))
  } catch {
    return json
  }
}
