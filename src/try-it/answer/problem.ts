import { fromFragment } from './check/json-pointer.ts'

/** A problem document (RFC 9457), as far as the panel shows it. */
export interface ProblemView {
  title?: string
  detail?: string
  code?: string
  /** Page of this site about the code. */
  href?: string
  fields: FieldProblem[]
}

/** What is wrong with one field, by the API's own words. */
export interface FieldProblem {
  /** JSON Pointer into the body. */
  pointer?: string
  /** Name of a parameter. */
  parameter?: string
  detail: string
}

/**
 * Reads a problem document.
 *
 * @param base Base path of this site, with a slash at its end.
 * @returns Nothing when the answer is not a problem document.
 */
export function readProblem(
  mediaType: string,
  text: string,
  base: string,
): ProblemView | undefined {
  if (mediaType !== 'application/problem+json') return undefined
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const { title, detail, code, type, errors } = value as Record<string, unknown>
  // The `type` says that there is such a page; the address is this site's, whatever host it names.
  const page = typeof type === 'string' && /\/errors\/([a-z0-9]+(?:-[a-z0-9]+)*)\/?$/.exec(type)
  return {
    ...(typeof title === 'string' && { title }),
    ...(typeof detail === 'string' && { detail }),
    ...(typeof code === 'string' && { code }),
    ...(page && { href: `${base}errors/${page[1]}/` }),
    fields: Array.isArray(errors) ? errors.slice(0, 100).flatMap(readField) : [],
  }
}

function readField(value: unknown): FieldProblem[] {
  if (typeof value !== 'object' || value === null) return []
  const { pointer, parameter, field, name, detail, message } = value as Record<string, unknown>
  const words = [detail, message].find((one) => typeof one === 'string')
  const parameterName = [parameter, field, name].find((one) => typeof one === 'string')
  if (typeof words !== 'string') return []
  return [
    {
      detail: words,
      ...(typeof pointer === 'string' && {
        pointer: pointer.startsWith('#') ? fromFragment(pointer) : pointer,
      }),
      ...(typeof parameterName === 'string' && { parameter: parameterName }),
    },
  ]
}
