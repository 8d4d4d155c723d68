import type { SnippetCredential } from '../../model/operation.ts'
import type { ApiRequest } from '../../request/api-request.ts'
import { credentialTokens, tokensHtml } from '../../snippets/html.ts'
import type { Language } from '../../snippets/languages.ts'
import { checkCredential } from '../../snippets/request-parts.ts'
import { SnippetError } from '../../snippets/snippet-error.ts'

/** A snippet as a page holds it. */
export interface Sample {
  id: string
  label: string
  /** With the first credential, if there is one. */
  html: string
  /** What stands in the credential's place with each of the others. */
  others: { kind: SnippetCredential['kind']; html: string }[]
}

/** Prints one language for a page; the other credentials only as far as they differ. */
export function sampleOf(
  { id, label, print }: Language,
  request: ApiRequest,
  credentials: readonly SnippetCredential[],
): Sample {
  const [first, ...others] = credentials
  return {
    id,
    label,
    html: tokensHtml(print(request, first)),
    others: others.map((credential) => ({
      kind: credential.kind,
      html: tokensHtml(credentialTokens(print(request, credential))),
    })),
  }
}

/** A document may name a header that no snippet can print: its samples go without it. */
export function printableCredentials(credentials: readonly SnippetCredential[]) {
  return credentials.filter((credential) => {
    try {
      checkCredential(credential)
      return true
    } catch (error) {
      if (error instanceof SnippetError) return false
      throw error
    }
  })
}
