import { createConfig, getLineColLocation, lint } from '@redocly/openapi-core'

/** Something in an OpenAPI description that a rule objects to. */
export interface Finding {
  severity: 'error' | 'warn'
  rule: string
  message: string
  /** Absolute path. */
  file: string
  /** Counted from 1. */
  line: number
  /** JSON Pointer inside the file. */
  pointer: string
}

/**
 * Lints an OpenAPI description and every local file it refers to. Needs no network and reads no
 * configuration file.
 *
 * @param file Root file of the description.
 * @returns Everything found; empty when the description is in order.
 */
export async function lintDescription(file: string): Promise<Finding[]> {
  const config = await createConfig({
    extends: ['recommended-strict'],
    rules: {
      // The description is served with the API; it grants no licence of its own.
      'info-license': 'off',
      'info-license-strict': 'off',
      'component-name-unique': 'error',
      'no-duplicated-tag-names': 'error',
      'no-http-verbs-in-paths': 'error',
      'no-unsafe-markdown': 'error',
      'operation-description': 'error',
      'operation-singular-tag': 'error',
      'parameter-description': 'error',
      'request-mime-type': { severity: 'error', allowedValues: ['application/json'] },
      'response-mime-type': {
        severity: 'error',
        allowedValues: ['application/json', 'application/problem+json'],
      },
    },
  })
  const problems = await lint({ ref: file, config })
  return problems.map(({ severity, ruleId, message, location }) => {
    const [place] = location
    return {
      severity,
      rule: ruleId,
      message,
      file: place?.source.absoluteRef ?? file,
      line: place === undefined ? 1 : getLineColLocation(place).start.line,
      pointer: place?.pointer ?? '#',
    }
  })
}
