/**
 * Whether a client would rather have Markdown than HTML: it names `text/markdown`, and wants it at
 * least as much as HTML. A browser, which takes anything, gets HTML.
 *
 * @param header `Accept` as it came.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1
 */
export function prefersMarkdown(header: string | undefined): boolean {
  const ranges = (header ?? '').toLowerCase().split(',').map(readRange)
  const quality = (...names: string[]): number | undefined =>
    names
      .map((name) => ranges.find((range) => range.name === name)?.quality)
      .find((found) => found !== undefined)
  const markdown = quality('text/markdown') ?? 0
  return markdown > 0 && markdown >= (quality('text/html', 'text/*', '*/*') ?? 0)
}

function readRange(text: string): { name: string; quality: number } {
  const [name = '', ...parameters] = text.split(';').map((part) => part.trim())
  const q = parameters.find((parameter) => /^q\s*=/.test(parameter))
  const quality = q === undefined ? 1 : Number(q.slice(q.indexOf('=') + 1))
  return { name, quality: Number.isFinite(quality) ? quality : 0 }
}
