/** A stretch of a snippet that has one colour. The texts of all tokens joined are the snippet. */
export interface Token {
  text: string
  kind?: TokenKind
  /** Part of the credential: replaced as a whole when the reader switches to another one. */
  credential?: true
  /** Holds the address, whose origin changes with the environment. */
  url?: true
}

export type TokenKind =
  | 'keyword'
  | 'string'
  | 'number'
  | 'comment'
  | 'variable'
  | 'punctuation'
  | 'property'

/** Bare text, a token, or a list of such. */
export type Piece = string | Token | readonly Piece[]

export const keyword = (text: string): Token => ({ text, kind: 'keyword' })
export const string = (text: string): Token => ({ text, kind: 'string' })
export const number = (text: string): Token => ({ text, kind: 'number' })
export const comment = (text: string): Token => ({ text, kind: 'comment' })
export const variable = (text: string): Token => ({ text, kind: 'variable' })
export const property = (text: string): Token => ({ text, kind: 'property' })

/** Marks everything in it as part of the credential. */
export function credentialPart(...pieces: readonly Piece[]): Token[] {
  return tokens(pieces).map((token) => ({ ...token, credential: true }))
}

/** Marks a token as the one that holds the address. */
export function address(token: Token): Token {
  return { ...token, url: true }
}

/** Lays pieces in a row, joining neighbours that look alike. */
export function tokens(...pieces: readonly Piece[]): Token[] {
  const row: Token[] = []
  add(pieces, row)
  return row
}

function add(piece: Piece, row: Token[]): void {
  if (typeof piece !== 'string' && !('text' in piece)) {
    for (const one of piece) add(one, row)
    return
  }
  const token = typeof piece === 'string' ? { text: piece } : piece
  if (token.text === '') return
  const last = row.at(-1)
  if (
    last &&
    last.kind === token.kind &&
    last.credential === token.credential &&
    last.url === token.url
  ) {
    row[row.length - 1] = { ...last, text: last.text + token.text }
  } else {
    row.push(token)
  }
}

/** The snippet as it is copied. */
export function textOf(row: readonly Token[]): string {
  return row.map(({ text }) => text).join('')
}
