/**
 * HTML with fewer characters for the same page: a browser makes the same tree of it. A page of the
 * reference has thousands of quotes, entities and end tags that the standard lets one leave out.
 *
 * @see https://html.spec.whatwg.org/multipage/syntax.html
 */

/** Each attribute of a start tag, its value as it stands, quotes included. */
const attribute = /\s*([^\s=/>"']+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?/g

/** A value that needs no quotes. */
const bare = /^[^\s"'`=<>]+$/

/**
 * The attributes of a start tag, their values quoted only where it takes quotes.
 *
 * @param attributes All between the tag's name and its `>`.
 */
export function shortAttributes(attributes: string): string {
  // Of an element of SVG the slash has a meaning, and it would become part of a bare value.
  if (attributes === '' || attributes.endsWith('/')) return attributes
  return attributes.replace(attribute, (_, name: string, value: string | undefined) => {
    if (value === undefined || value === '""') return ` ${name}`
    const inside = value.slice(1, -1)
    return value.startsWith('"') && bare.test(inside) ? ` ${name}=${inside}` : ` ${name}=${value}`
  })
}

const inText: Readonly<Record<string, string>> = { quot: '"', '#39': "'", gt: '>' }

/** Text between two tags, without the entities that matter in attributes alone. */
export function shortText(text: string): string {
  return text.replace(/&(quot|#39|gt);/g, (all, name: string) => inText[name] ?? all)
}

/** Start tags that end a paragraph by themselves. */
const endsParagraph =
  /^<(?:address|article|aside|blockquote|details|dialog|div|dl|fieldset|figcaption|figure|footer|form|h[1-6]|header|hgroup|hr|main|menu|nav|ol|p|pre|search|section|table|ul)[\s>]/

/** What may follow an end tag for it to be left out, by the tag's name. */
const followers: ReadonlyMap<string, RegExp> = new Map(
  Object.entries({
    p: new RegExp(
      `${endsParagraph.source}|^</(?:article|aside|blockquote|dd|details|div|figure|footer|header|li|main|section|td)>`,
    ),
    li: /^<(?:li[\s>]|\/[uo]l>)/,
    dt: /^<d[dt][\s>]/,
    dd: /^<(?:d[dt][\s>]|\/(?:dl|div)>)/,
    option: /^<(?:option[\s>]|\/select>)/,
  }),
)

/** The longest of those. */
const longest = '</blockquote>'.length

/**
 * Whether an end tag goes without saying.
 *
 * @param page What it stands in.
 * @param after Where it ends.
 */
export function isImplied(name: string, page: string, after: number): boolean {
  return followers.get(name)?.test(page.slice(after, after + longest)) ?? false
}
