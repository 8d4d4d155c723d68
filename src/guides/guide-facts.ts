import { defineMdastPlugin, type MdastNode } from 'satteri'
import { type GuideContext, guideFile, guidePlace } from '../markdown/guide-place.ts'
import type { FactSource } from './fact.ts'
import { facts } from './facts.ts'

/** A guide uses a component that is not there, or one that asks for what the document has not. */
export class GuideFactError extends Error {
  override readonly name = 'GuideFactError'
  readonly code = 'guide_fact'
}

/**
 * Holds every component of a guide against the OpenAPI document before the page is made, while the
 * place in the file is still known. A component's own error would have a stack and no line.
 *
 * @param load Called for each guide, so that an edit of the document counts.
 * @throws {GuideFactError} While a page is rendered.
 */
export function guideFacts(load: () => Promise<FactSource>) {
  const check = async (node: MdastNode & { name: string | null }, context: GuideContext) => {
    const file = guideFile(context)
    if (!file) return
    const fail = (problem: string, options?: ErrorOptions) =>
      new GuideFactError(`${guidePlace(file, node)}<${node.name}> ${problem}`, options)
    const read = facts.get(node.name ?? '')
    if (!read) throw fail(`is none of ${[...facts.keys()].join(', ')}.`)
    try {
      read(attributesOf(node), await load())
    } catch (cause) {
      if (!(cause instanceof Error)) throw cause
      throw fail(`cannot be shown: ${cause.message}`, { cause })
    }
  }
  return defineMdastPlugin({
    name: 'guide-facts',
    options: { position: true },
    mdxJsxFlowElement: check,
    mdxJsxTextElement: check,
  })
}

function attributesOf(node: MdastNode): Map<string, string> {
  const attributes = ('attributes' in node ? node.attributes : []) as {
    type: string
    name?: string
    value?: unknown
  }[]
  return new Map(
    attributes.map(({ name = '', value }) => [name, typeof value === 'string' ? value : '']),
  )
}
