/**
 * Name under which a body is saved: what `Content-Disposition` says, without any folder in it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6266
 */
export function fileName(disposition: string | undefined, mediaType: string): string {
  const named = disposition === undefined ? '' : plainName(namedBy(disposition))
  if (named !== '') return named
  const [, kind = ''] = mediaType.split('/')
  const extension = extensions.get(kind) ?? kind.replace(/^x-|^.*\+/, '')
  return `answer.${/^\w{1,8}$/.test(extension) ? extension : 'bin'}`
}

/** Where files do not end as the type is called. */
const extensions = new Map([
  ['plain', 'txt'],
  ['event-stream', 'txt'],
  ['javascript', 'js'],
  ['svg+xml', 'svg'],
])

function namedBy(disposition: string): string {
  const extended = /;\s*filename\*\s*=\s*(utf-8|iso-8859-1)'[^']*'([^\s;]+)/i.exec(disposition)
  if (extended) {
    const [, charset = '', encoded = ''] = extended
    try {
      return charset.toLowerCase() === 'utf-8'
        ? decodeURIComponent(encoded)
        : encoded.replace(/%([\da-f]{2})/gi, (_all, hex: string) =>
            String.fromCharCode(Number.parseInt(hex, 16)),
          )
    } catch {
      // The plain name stands beside it for such a case.
    }
  }
  const [, quoted, token] =
    /;\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))/i.exec(disposition) ?? []
  return quoted?.replace(/\\(.)/g, '$1') ?? token ?? ''
}

/** No folders, no control or direction characters, nothing that a system keeps for itself. */
function plainName(name: string): string {
  return (
    name
      .split(/[/\\]/)
      .at(-1)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go
      ?.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069:*?"<>|]/g, '')
      .replace(/^[.\s]+|[.\s]+$/g, '')
      .slice(0, 150) ?? ''
  )
}
