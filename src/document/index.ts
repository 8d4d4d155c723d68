export { OpenApiDocument, readDocument, writeJson, writeYaml } from './document.ts'
export {
  DocumentError,
  type DocumentErrorCode,
  type DocumentProblem,
  type DocumentWarning,
  type Place,
} from './document-error.ts'
export { isObject, type JsonObject } from './json-value.ts'
export { limits } from './limits.ts'
export { child, escapeSegment, formatPointer } from './pointer.ts'
