import type { ThemeRegistration } from 'shiki'

/** Kinds of words in code; each is the class `tok-<kind>`, coloured in `src/styles/code.css`. */
const scopes = {
  comment: ['comment', 'punctuation.definition.comment'],
  string: ['string', 'punctuation.definition.string', 'constant.other.symbol', 'string.regexp'],
  number: ['constant.numeric', 'constant.character.escape.python', 'constant.character.escape.js'],
  keyword: [
    'keyword',
    'storage',
    'constant.language',
    'variable.language',
    'entity.name.command.shell',
    'support.function.builtin.shell',
  ],
  variable: [
    'variable.other.normal.shell',
    'variable.other.bracket.shell',
    'punctuation.definition.variable',
    'string variable.other',
    'variable.other.php',
    'variable.other.readwrite.powershell',
    'variable.other.constant.property.powershell',
    'variable.parameter.graphql',
  ],
  property: [
    'support.type.property-name',
    'meta.object-literal.key',
    'entity.name.tag.yaml',
    'entity.other.attribute-name',
    'variable.other.property',
    'variable.graphql',
    'entity.name.tag.http',
    'variable.other.member.powershell',
    'meta.hashtable.powershell variable.other.readwrite.powershell',
    'variable.parameter.function-call.python',
  ],
  function: ['entity.name.function', 'support.function', 'meta.function-call.generic'],
  tag: ['entity.name.tag'],
  type: ['entity.name.type', 'support.type', 'support.class', 'entity.name.class'],
  operator: ['keyword.operator', 'storage.type.function.arrow'],
} as const satisfies Record<string, readonly string[]>

const kinds = Object.keys(scopes)

/** A theme whose colours are no colours: each stands for a kind. */
export const classTheme: ThemeRegistration = {
  name: 'token-classes',
  type: 'dark',
  fg: '#000000',
  bg: '#ffffff',
  settings: [
    { settings: { foreground: '#000000', background: '#ffffff' } },
    ...Object.entries(scopes).map(([kind, scope]) => ({
      scope: [...scope],
      settings: { foreground: colourOf(kind) },
    })),
  ],
}

function colourOf(kind: string): string {
  return `#0000${String(kinds.indexOf(kind) + 1).padStart(2, '0')}`
}

/** Class of a word that the theme gave this colour; nothing for plain text. */
export function classOf(colour: string | undefined): string | undefined {
  const kind = kinds[Number(colour?.slice(1)) - 1]
  return kind && `tok-${kind}`
}

/** Shiki gives up on a line after half a second, and a busy machine would get other colours. */
export const noTimeLimit = 0
