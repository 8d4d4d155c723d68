import { SnippetError } from './snippet-error.ts'

/**
 * A shell word that means exactly this text. Left bare where no shell sees anything in it, in
 * single quotes otherwise, and in `$'…'` where it has control characters, which would not survive
 * being pasted into a terminal.
 *
 * @throws {SnippetError} The text has a NUL, which no command line can carry.
 * @see https://www.gnu.org/software/bash/manual/html_node/Quoting.html
 */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_\-./:,%@+]+$/.test(text) ? text : shellQuoted(text)
}

/** As `shellWord`, but never bare. */
export function shellQuoted(text: string): string {
  if (text.includes('\0')) {
    throw new SnippetError('nul_character', 'A command line cannot carry a NUL character.')
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  if (!/[\x01-\x08\x0b-\x1f\x7f]/.test(text)) return `'${text.replaceAll("'", "'\\''")}'`
  const escaped = text.replaceAll(/[\\']/g, '\\$&').replaceAll(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    /[\x01-\x08\x0b-\x1f\x7f]/g,
    (character) =>
      character === '\r' ? '\\r' : `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  )
  return `$'${escaped}'`
}
