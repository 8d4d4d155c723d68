/** Seen by no one, and put into texts by chat programs and word processors. */
const invisible = /(?![\t\n\r])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu

const apiKey = /(?<![A-Za-z0-9])sl_[A-Za-z0-9_-]{8,}/iu

/**
 * True when a text holds something that looks like an API key (`sl_` and at least eight
 * characters), however it is dressed up: quotes, `Bearer`, `x-api-key:`, other letter case,
 * full-width letters, invisible characters, escapes. The panel refuses such a text in every field.
 * `sl_title` and `hls_url` are names, not keys.
 */
export function looksLikeApiKey(text: string): boolean {
  const plain = simplify(text)
  return apiKey.test(plain) || apiKey.test(simplify(unescapeOnce(plain)))
}

function simplify(text: string): string {
  return text.normalize('NFKC').replaceAll(invisible, '')
}

/** Undoes the escapes of URLs, JSON and HTML. */
function unescapeOnce(text: string): string {
  return text.replace(
    /%([0-9a-f]{2})|\\u([0-9a-f]{4})|&#(?:x([0-9a-f]{1,6})|([0-9]{1,7}));/gi,
    (all, percent?: string, json?: string, hex?: string, decimal?: string) => {
      const code =
        decimal === undefined
          ? Number.parseInt(percent ?? json ?? hex ?? '', 16)
          : Number.parseInt(decimal, 10)
      return code <= 0x10ffff ? String.fromCodePoint(code) : all
    },
  )
}
