import type { SnippetCredential } from '../model/operation.ts'
import type { ApiRequest } from '../request/api-request.ts'
import { printCurl } from './curl.ts'
import { printGo } from './go.ts'
import { printJavaScript } from './javascript.ts'
import { printPhp } from './php.ts'
import { printPowerShell } from './powershell.ts'
import { printPython } from './python.ts'
import type { Token } from './token.ts'

export interface Language {
  /** Stored as the reader's choice; part of the ids in a page. */
  id: string
  label: string
  /** Name of the language to assistive technology and to `highlight`. */
  lang: string
  /**
   * @param credential Printed as a header with a variable; left out without one.
   * @throws {SnippetError} This language cannot express the request.
   */
  print(request: ApiRequest, credential?: SnippetCredential): Token[]
}

/** In the order of the tabs. */
export const languages: readonly Language[] = [
  { id: 'curl', label: 'cURL', lang: 'bash', print: printCurl },
  { id: 'javascript', label: 'JavaScript', lang: 'javascript', print: printJavaScript },
  { id: 'python', label: 'Python', lang: 'python', print: printPython },
  { id: 'go', label: 'Go', lang: 'go', print: printGo },
  { id: 'php', label: 'PHP', lang: 'php', print: printPhp },
  { id: 'powershell', label: 'PowerShell', lang: 'powershell', print: printPowerShell },
]
