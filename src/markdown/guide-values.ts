import { defineMdastPlugin } from 'satteri'
import { type Site, sandboxEnvironment } from '../site.ts'
import { type GuideContext, guideFile, guidePlace, type Placed } from './guide-place.ts'

/**
 * Lets a guide name an address without spelling it: `%API%` becomes the API base URL of the first
 * environment, likewise `%ISSUER%`, `%RESOURCE%`, `%MCP%`, and `%SITE%` the docs themselves;
 * `%SANDBOX_API%`, `%SANDBOX_ISSUER%`, `%SANDBOX_MCP%` and `%SANDBOX_DOCS%` are the local servers
 * whatever the site is built for. A link to `/guides/…` gets the site's base path. Works in text, code and links alike.
 *
 * @param apiPath Path of the document's first server, e.g. `/v1`, without a trailing slash.
 * @throws {GuideValueError} While a page is rendered: the guide uses a name that has no value.
 */
export function guideValues(site: Site, apiPath: string) {
  const values = guideValueMap(site, apiPath)
  const settle = (text: string, node: Placed, context: GuideContext) =>
    text.replace(/%([A-Z][A-Z_]+)%/g, (whole, name: string, at: number) => {
      const value = values.get(name)
      if (value !== undefined) return value
      const file = guideFile(context)
      // A block begins on the line after its fence.
      const fence = 'lang' in node ? 1 : 0
      const further = fence + text.slice(0, at).split('\n').length - 1
      throw new GuideValueError(whole, [...values.keys()], file && guidePlace(file, node, further))
    })
  const prefix = site.base === '/' ? '' : site.base

  return defineMdastPlugin({
    name: 'guide-values',
    options: { position: true },
    text(node, context) {
      if (node.value.includes('%'))
        context.setProperty(node, 'value', settle(node.value, node, context))
    },
    inlineCode(node, context) {
      if (node.value.includes('%'))
        context.setProperty(node, 'value', settle(node.value, node, context))
    },
    code(node, context) {
      if (node.value.includes('%'))
        context.setProperty(node, 'value', settle(node.value, node, context))
    },
    link(node, context) {
      const url = settle(node.url, node, context)
      const based = url.startsWith('/') && !url.startsWith('//') ? prefix + url : url
      if (based !== node.url) context.setProperty(node, 'url', based)
    },
  })
}

/** The names a guide may use, each with its value for this site; see `guideValues`. */
export function guideValueMap(site: Site, apiPath: string): Map<string, string | undefined> {
  const environment = site.environments[0]
  const sandbox = sandboxEnvironment(site.ports)
  return new Map([
    ['API', environment && environment.api + apiPath],
    ['API_ORIGIN', environment?.api],
    ['ISSUER', environment?.issuer],
    ['RESOURCE', environment?.resource],
    ['MCP', environment?.mcp],
    ['SITE', site.url],
    ['SANDBOX_API', sandbox.api],
    ['SANDBOX_ISSUER', sandbox.issuer],
    ['SANDBOX_MCP', sandbox.mcp],
    ['SANDBOX_DOCS', `http://localhost:${site.ports.docs}`],
  ])
}

/** A guide uses `%NAME%`, and no environment gives that name a value. */
export class GuideValueError extends Error {
  override readonly name = 'GuideValueError'
  readonly code = 'guide_value_unknown'

  constructor(placeholder: string, known: readonly string[], place = '') {
    super(
      `${place}${placeholder} has no value here. A guide may use: ${known.join(', ')}, each between "%".`,
    )
  }
}
