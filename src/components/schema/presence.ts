import type { PropertyView } from '../../model/operation.ts'

/**
 * Whether a named value must come, as a word beside it. Who sends needs to know what is required;
 * who receives, what may be missing.
 */
export function presence(
  { required, kind }: Partial<Pick<PropertyView, 'required' | 'kind'>>,
  received: boolean,
): 'required' | 'optional' | undefined {
  // What only fits a pattern, or a place in a list, has no presence of its own.
  if (required === undefined || kind !== undefined) return undefined
  if (received) return required ? undefined : 'optional'
  return required ? 'required' : undefined
}
