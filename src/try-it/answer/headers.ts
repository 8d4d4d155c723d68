/** A header by its name in lower case. */
export function headerOf(
  headers: readonly (readonly [name: string, value: string])[],
  name: string,
): string | undefined {
  return headers.find(([header]) => header.toLowerCase() === name)?.[1]
}
