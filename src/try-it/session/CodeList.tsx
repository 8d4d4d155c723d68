/** Names as code, with commas between them. */
export function CodeList({ names }: { names: readonly string[] }) {
  return names.map((name, index) => [index > 0 && ', ', <code key={name}>{name}</code>])
}
