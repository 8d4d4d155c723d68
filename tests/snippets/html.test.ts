import { expect, test } from 'vitest'
import { sampleOf } from '../../src/components/snippet/sample.ts'
import type { SnippetCredential } from '../../src/model/operation.ts'
import type { ApiRequest } from '../../src/request/api-request.ts'
import { tokensHtml } from '../../src/snippets/html.ts'
import { languages } from '../../src/snippets/languages.ts'

const request: ApiRequest = {
  method: 'POST',
  url: 'https://a.test/<b>',
  headers: [['Content-Type', 'text/plain']],
  body: { kind: 'text', text: '</code></pre><script>alert(1)</script>&amp;' },
}
const credentials: SnippetCredential[] = [
  { kind: 'apiKey', header: 'x-api-key', prefix: '', variable: 'A_KEY' },
  { kind: 'bearer', header: 'Authorization', prefix: 'Bearer ', variable: 'A_TOKEN' },
]

test.each(languages)(
  '$label holds no markup but spans, whatever is in the request',
  ({ print }) => {
    const html = tokensHtml(print(request, credentials[0]))
    expect(
      html.replaceAll(/<\/?span( class="tok-[a-z]+")?( data-url| data-credential)?>/g, ''),
    ).not.toMatch(/[<>]/)
    expect(html).toContain('&amp;amp;')
  },
)

test.each(languages)(
  '$label with the other credential is the page with its mark filled anew',
  (language) => {
    const { html, others } = sampleOf(language, request, credentials)
    expect(html.match(/<span data-credential>/g)).toHaveLength(1)
    const start = html.indexOf('<span data-credential>') + '<span data-credential>'.length
    const switched = tokensHtml(language.print(request, credentials[1]))
    expect(switched.startsWith(html.slice(0, start))).toBe(true)
    expect(switched.slice(start).startsWith(others[0]?.html ?? 'nothing')).toBe(true)
  },
)
