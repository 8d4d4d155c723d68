/** Elements that only give words a form. */
const names =
  'b|blockquote|br|code|dd|del|details|div|dl|dt|em|h[1-6]|hr|i|ins|kbd|li|ol|p|pre|s|small|span|strong|sub|summary|sup|table|tbody|td|tfoot|th|thead|tr|tt|u|ul'

const plainTag = new RegExp(
  `</?(?:${names})\\s*/?>|</a\\s*>|<a\\s+href=(?:"https?://[^"<>\\s]*"|'https?://[^'<>\\s]*')\\s*>|<!--(?:(?!-->)[^])*-->`,
  'gi',
)

/**
 * Tells whether a piece of raw HTML holds nothing but words, comments and such tags, none with an
 * attribute but links to the web: what writers use where Markdown has no sign of its own. Anything
 * else is better shown as it was typed, `List<String>` as much as a script.
 */
export function hasPlainTagsOnly(html: string): boolean {
  return !/<[a-z/!?]/i.test(html.replace(plainTag, ''))
}
