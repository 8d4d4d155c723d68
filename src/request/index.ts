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
export { essenceOf, isFileProperty } from './body.ts'
export { type BuildOptions, buildRequest, extraHeader, type RequestShape } from './build-request.ts'
export { exampleRequest, exampleValues, parameterValue } from './example-request.ts'
export { browserDropsHeader, isForbiddenHeader, isIgnoredHeader } from './headers.ts'
export { multipartBoundary, multipartSegments } from './multipart.ts'
export { isList } from './parameter-style.ts'
export { type ParameterShape, parameterText, textsOf } from './parameter-text.ts'
export { encodePathLiteral } from './percent-encoding.ts'
export { RequestError, type RequestErrorCode } from './request-error.ts'
export { serverFor } from './server.ts'
