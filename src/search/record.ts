/** What a hit of the search is. */
export type RecordKind =
  | 'Guide'
  | 'Operation'
  | 'Webhook'
  | 'Callback'
  | 'Resource'
  | 'Parameter'
  | 'Property'
  | 'Schema'
  | 'Error code'
  | 'GraphQL'
  | 'Page'

/** One thing that can be found. */
export interface SearchRecord {
  kind: RecordKind
  /** Below the site's base, with the anchor. */
  href: string
  /** What it is called: a summary, a name, a code, a heading. */
  title: string
  /** Where it belongs, in words; may be empty. */
  place: string
  /** Bare words. */
  text: string
  /** Of an operation. */
  method?: string
  /** Of an operation, from the root of the API's origin. */
  path?: string
  /** What finds it besides, and is not shown. */
  words?: string
  /** Other names that it is looked for by, such as an operationId. */
  names?: string
}
