import { extraHeader } from '../../../request/build-request.ts'
import { browserDropsHeader } from '../../../request/header-names.ts'
import { RequestError } from '../../../request/index.ts'
import type { ExtraHeader } from './extra-headers.ts'

/** Why a header cannot go. */
export function headerRefusal([name, value]: ExtraHeader, index: number): string | undefined {
  if (name === '' && value === '') return undefined
  if (browserDropsHeader(name)) {
    return `Browsers do not let a page send ${name}. Use the curl for it.`
  }
  try {
    extraHeader(name, value, index)
    return undefined
  } catch (cause) {
    if (cause instanceof RequestError) return cause.message
    throw cause
  }
}
