/**
 * What a document may cost. The largest public descriptions have some 14 MB, or 78 MB with every
 * reference written out; what lies above is a mistake or an attack, and is refused before it hurts.
 */
export const limits = {
  /** Bytes of one YAML file: parsing YAML takes about a hundred times its size in memory. */
  yamlBytes: 10 * 1024 * 1024,
  /** Bytes of one JSON file: reading it takes about eight times its size in memory. */
  jsonBytes: 100 * 1024 * 1024,
  /** Bytes of all files together. */
  totalBytes: 128 * 1024 * 1024,
  /** Files one document may be split into. */
  files: 20_000,
  /**
   * Pages of one reference: operations, events, tags and schemas. The largest public descriptions
   * have some 16,000 operations.
   */
  pages: 25_000,
  /** Characters of one text, such as a description. */
  textLength: 1024 * 1024,
  /** Mappings and lists inside one another. */
  depth: 200,
  /** Values that YAML aliases may add to a file by being written out. */
  aliasedValues: 200_000,
} as const
