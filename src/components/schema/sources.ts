/** Names of properties that are listed; a large component is better read on its page. */
const most = 12

/** What a component brings, in words. */
export function propertyNames(properties: readonly string[]): { text: string; isName: boolean }[] {
  const named = properties.slice(0, most).map((text) => ({ text, isName: true }))
  const more = properties.length - named.length
  return more > 0 ? [...named, { text: `${more} more`, isName: false }] : named
}
