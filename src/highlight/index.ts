export { highlight } from './highlight.ts'
export { type JsonToken, jsonTokens } from './json-tokens.ts'
export { markdownCode } from './markdown-code.ts'
