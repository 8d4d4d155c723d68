/** Bytes of UTF-8 that a character may have after its first one. */
const longestRest = 3

/**
 * Text of a part of a body. A character that its end would cut belongs to this part as a whole, and
 * is left out of the next one.
 *
 * @param from First byte.
 * @param length In bytes.
 */
export async function readText(
  blob: Blob,
  from: number,
  length: number,
  charset: string,
): Promise<string> {
  const bytes = new Uint8Array(await blob.slice(from, from + length + longestRest).arrayBuffer())
  if (charset !== 'utf-8') return new TextDecoder(charset).decode(bytes.subarray(0, length))
  const start = from === 0 ? 0 : restAt(bytes, 0)
  return new TextDecoder().decode(bytes.subarray(start, length + restAt(bytes, length)))
}

/** How many bytes here go on with a character that began before. */
function restAt(bytes: Uint8Array, from: number): number {
  let count = 0
  while (count < longestRest && ((bytes[from + count] ?? 0) & 0xc0) === 0x80) count += 1
  return count
}
