// What a form needs from the beginning. What builds requests is imported by its own name, so that a
// panel loads it when something is typed or sent.
export { looksLikeApiKey } from './api-key.ts'
export {
  type ApiRequest,
  type BodyFile,
  type BodyPart,
  type ParameterValue,
  parameterKey,
  type RequestBody,
  type RequestValues,
} from './api-request.ts'
export type { FormFields } from './form-fields.ts'
export { essenceOf } from './media-type.ts'
export { isList } from './parameter-style.ts'
export { type ParameterShape, parameterText, textsOf } from './parameter-text.ts'
export { encodePathLiteral } from './percent-encoding.ts'
export { RequestError, type RequestErrorCode } from './request-error.ts'
export { serverFor, serverIn } from './server.ts'
