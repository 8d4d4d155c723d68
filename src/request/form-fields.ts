import type { Parameter } from '../model/operation.ts'
import { parameterKey } from './api-request.ts'
import { browserDropsHeader, isForbiddenHeader, isIgnoredHeader } from './header-names.ts'

/** Keys of the parameters that a form has a field for, in the order of the document. */
export interface FormFields {
  sendable: readonly string[]
  /** What a page cannot send by itself, such as cookies: only the samples carry it. */
  unsendable: readonly string[]
}

/** Sorts the parameters of an operation for its form. */
export function formFields(parameters: readonly Parameter[]): FormFields {
  const typed = parameters.filter(canBeTyped)
  return {
    sendable: typed.filter((parameter) => !cannotSend(parameter)).map(parameterKey),
    unsendable: typed.filter(cannotSend).map(parameterKey),
  }
}

/** Headers that OpenAPI settles elsewhere, or that are the sender's own, are no fields. */
export function canBeTyped({ in: place, name }: Parameter): boolean {
  return place !== 'header' || !(isIgnoredHeader(name) || isForbiddenHeader(name))
}

function cannotSend({ in: place, name }: Parameter): boolean {
  return place === 'cookie' || (place === 'header' && browserDropsHeader(name))
}
