import { readFileSync } from 'node:fs'
import { defineMdastPlugin } from 'satteri'
import type { OpenApiDocument } from '../document/index.ts'
import { guideFile, guidePlace } from '../markdown/guide-place.ts'
import { type CheckSpelling, spellingOf } from './spelling.ts'

/** A guide writes a name as code that the API's descriptions do not have. */
export class GuideSpellingError extends Error {
  override readonly name = 'GuideSpellingError'
  readonly code = 'guide_spelling'
}

interface SpellingSource {
  document: OpenApiDocument
  /** Of the GraphQL API, in its definition language. */
  schema?: string
}

/**
 * Holds the names that guides write as code against the API's descriptions; see `spellingOf`.
 *
 * @param load Called for each name, so that an edit of the document counts.
 * @throws {GuideSpellingError} While a page is rendered.
 */
export function guideSpelling(load: () => Promise<SpellingSource>) {
  let known: { document: OpenApiDocument; check: CheckSpelling } | undefined
  return defineMdastPlugin({
    name: 'guide-spelling',
    options: { position: true },
    async inlineCode(node, context) {
      const file = guideFile(context)
      // An address of this build is no name.
      if (!file || node.value.includes('%')) return
      const { document, schema } = await load()
      if (known?.document !== document) known = { document, check: spellingOf(document, schema) }
      const problem = known.check(node.value, () => blocksOf(readFileSync(file, 'utf8')))
      if (problem) throw new GuideSpellingError(guidePlace(file, node) + problem)
    },
  })
}

function blocksOf(source: string): string {
  return [...source.matchAll(/^ *(`{3,})[\s\S]*?^ *\1/gm)].join('\n')
}
