/**
 * Adds a field that is worked out when it is read, and kept only as long as somebody holds it: a
 * document with thousands of operations would not fit into memory with all its views at once. The
 * field is enumerable, so copies and `JSON.stringify` see it as any other.
 */
export function withLazy<T extends object, K extends string, V>(
  target: T,
  key: K,
  make: () => V,
): T & Record<K, V> {
  let kept: WeakRef<object> | undefined
  Object.defineProperty(target, key, {
    enumerable: true,
    configurable: true,
    get() {
      const known = kept?.deref()
      if (known !== undefined) return known
      const made = make()
      if (typeof made === 'object' && made !== null) kept = new WeakRef(made)
      return made
    },
  })
  return target as T & Record<K, V>
}
