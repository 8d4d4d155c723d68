import { firstSentence } from '../markdown/first-sentence.ts'
import type { Reference, SchemaPage } from '../model/operation.ts'
import { settleDescription, settleInline } from './description.ts'
import { examples } from './example-markdown.ts'
import type { Link } from './links.ts'
import { blocks, plainWords } from './markdown-text.ts'
import { operationList } from './reference-markdown.ts'
import { schemaLines } from './schema-markdown.ts'

/** Everything the page of a schema says. */
export function schemaPageMarkdown(page: SchemaPage, link: Link): string {
  const { name, title, view, usedBy, usedIn } = page
  return blocks(
    `# ${plainWords(name)}`,
    title !== '' && title !== name && plainWords(title),
    page.deprecated && '**Deprecated.**',
    settleDescription(page.description, 3, link),
    '## Fields',
    schemaLines({ ...withoutPage(view), description: '' }, { link, received: false }).join('\n'),
    examples({ mediaType: 'application/json', examples: page.examples }, link),
    usedBy.length > 0 && blocks('## Used by', operationList(usedBy, link, false)),
    usedIn.length > 0 &&
      blocks(
        '## Part of',
        usedIn.map((other) => `- [${plainWords(other.name)}](${link(other.href)})`).join('\n'),
      ),
  )
}

/** Every schema that has a page. */
export function schemasMarkdown({ schemas }: Reference, link: Link): string {
  return blocks(
    '# Schemas',
    schemas
      .map((page) => {
        const words = settleInline(firstSentence(page.description), link)
        return `- [${plainWords(page.name)}](${link(page.href)})${words ? `: ${words}` : ''}`
      })
      .join('\n'),
  )
}

/** The schema as its own page shows it, which it need not link to. */
function withoutPage({ href: _, name: __, ...view }: SchemaPage['view']): SchemaPage['view'] {
  return view
}
