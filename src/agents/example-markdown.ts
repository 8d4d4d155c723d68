import type { Example } from '../model/operation.ts'
import { settleDescription } from './description.ts'
import { documentLink, type Link } from './links.ts'
import { blocks, codeBlock, plainWords } from './markdown-text.ts'

/** What has examples: a media type, or a schema. */
export interface ExampleHolder {
  mediaType: string
  examples: readonly Example[]
}

/** @param from The first one to print; those before it stand elsewhere already. */
export function examples(
  { mediaType, examples: all }: ExampleHolder,
  link: Link,
  from = 0,
  title = 'Example',
): string {
  const language = /\bjson\b/.test(mediaType) ? 'json' : ''
  return blocks(
    ...all.slice(from).map((example) => {
      const { text, externalValue, summary, name, description, generated } = example
      const which = generated ? ', made from the schema' : ''
      const words = all.length > 1 || summary ? ` ${plainWords(summary || name)}` : ''
      return blocks(
        `${title}${which}:${words}`,
        settleDescription(description, 6, link),
        text === '' && externalValue
          ? documentLink(externalValue, externalValue, link)
          : codeBlock(language, text),
      )
    }),
  )
}
