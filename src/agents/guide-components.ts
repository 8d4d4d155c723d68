import { type Fact, type FactSource, facts } from '../guides/index.ts'
import { settleInline } from './description.ts'
import type { Link } from './links.ts'
import { codeBlock, plainWords, table } from './markdown-text.ts'

/** What a component of a guide is given. */
export interface ComponentCall {
  /** Attributes that are plain text. */
  attributes: ReadonlyMap<string, string>
  /** What stands between its tags, as Markdown already. */
  children: string
  source: FactSource
  link: Link
}

/** @throws {Error} The call cannot be told in Markdown; the message is a sentence. */
export type ComponentText = (call: ComponentCall) => string

/** The Markdown form of every component that a guide may use, by name. */
export const guideComponents: ReadonlyMap<string, ComponentText> = new Map(
  [...facts].map(([name, read]) => [
    name,
    ({ attributes, source, link }) => factMarkdown(read(attributes, source), link),
  ]),
)

function factMarkdown(fact: Fact, link: Link): string {
  switch (fact.kind) {
    case 'link':
      return `[${plainWords(fact.text)}](${link(fact.href)})`
    case 'table':
      return table(
        fact.head,
        fact.rows.map((row) => row.map((cell) => settleInline(cell, link) ?? cell)),
      )
    case 'code':
      return codeBlock(fact.language, fact.text)
    case 'drawing':
      // A drawing stands beside a table that says the same.
      return ''
  }
}
