export { looksLikeApiKey } from './api-key.ts'
export {
  type ApiRequest,
  type BodyPart,
  type ParameterValue,
  parameterKey,
  type RequestBody,
  type RequestValues,
} from './api-request.ts'
export { buildRequest, type RequestShape } from './build-request.ts'
export { exampleRequest, exampleValues, parameterValue } from './example-request.ts'
export { browserDropsHeader, isForbiddenHeader, isIgnoredHeader } from './headers.ts'
export { multipartBoundary, multipartText } from './multipart.ts'
export { RequestError, type RequestErrorCode } from './request-error.ts'
export { serverFor } from './server.ts'
