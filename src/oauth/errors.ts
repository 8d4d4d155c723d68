import {
  AUTHORIZATION_RESPONSE_ERROR,
  AuthorizationResponseError,
  OperationProcessingError,
  RESPONSE_BODY_ERROR,
  ResponseBodyError,
  UnsupportedOperationError,
  WWWAuthenticateChallengeError,
} from 'oauth4webapi'
import { refusals } from './refusals.ts'
import { ServerRefusal } from './server-refusal.ts'
import { type PlainSignInError, SignInError } from './sign-in-error.ts'

export { refusals }

/** What was being done when a library or the network failed. */
export type Step = 'discovery' | 'registration' | 'answer' | 'exchange' | 'account' | 'sign_out'

const unreachable: Record<Step, string> = {
  discovery: 'The authorization server could not be reached, so the sign-in did not start.',
  registration: 'The authorization server could not be reached to register this site.',
  answer: 'The authorization server could not be reached.',
  exchange:
    'The authorization server could not be reached to finish the sign-in. The code it gave is spent: sign in again.',
  account: 'The authorization server could not be reached to ask who is signed in.',
  sign_out: 'The authorization server could not be reached, so its session may still be open.',
}

/**
 * Turns whatever `oauth4webapi` or `fetch` threw into an error of ours. The one place that knows
 * the library's errors.
 *
 * @param step Decides the words where the failure itself says little.
 */
export function toSignInError(cause: unknown, step: Step): SignInError {
  if (cause instanceof SignInError) return cause
  if (cause instanceof AuthorizationResponseError && cause.code === AUTHORIZATION_RESPONSE_ERROR) {
    return answeredError(cause.error, cause.error_description, cause)
  }
  if (cause instanceof ResponseBodyError && cause.code === RESPONSE_BODY_ERROR) {
    return refusedBody(cause.error, cause.error_description, step, cause)
  }
  if (cause instanceof ServerRefusal) {
    const { error, error_description: description } = { ...(cause.answer as ErrorBody | null) }
    if (typeof error !== 'string') return untrusted(cause)
    return refusedBody(
      error,
      typeof description === 'string' ? description : undefined,
      step,
      cause,
    )
  }
  if (cause instanceof WWWAuthenticateChallengeError) {
    return new SignInError('refused', 'The authorization server refused the request.', { cause })
  }
  if (cause instanceof OperationProcessingError || cause instanceof UnsupportedOperationError) {
    return step === 'answer'
      ? new SignInError('malformed', 'The answer does not belong to this sign-in.', { cause })
      : untrusted(cause)
  }
  if (cause instanceof TypeError || (cause instanceof Error && cause.name === 'TimeoutError')) {
    return new SignInError('unreachable', unreachable[step], { cause })
  }
  return new SignInError('unexpected', 'The sign-in failed for a reason we did not expect.', {
    cause,
  })
}

/** Codes of RFC 6749 (4.1.2.1), OpenID Connect Core (3.1.2.6) and RFC 8707 (2), in our words. */
const answers = new Map<string, readonly [code: PlainSignInError['code'], message: string]>([
  [
    'access_denied',
    ['denied', 'You declined the request. Nothing more was granted, and nothing was sent.'],
  ],
  [
    'invalid_scope',
    ['refused', 'The authorization server does not grant the scopes this call asks for.'],
  ],
  ['invalid_target', ['refused', 'The authorization server does not know this API.']],
  ['invalid_request', ['refused', 'The authorization server could not make sense of the request.']],
  [
    'unauthorized_client',
    ['client_unknown', 'The authorization server does not allow this site to sign people in.'],
  ],
  [
    'invalid_client',
    ['client_unknown', 'The authorization server no longer knows this site. Sign in again.'],
  ],
  ['server_error', ['refused', 'The authorization server failed. Try again in a moment.']],
  [
    'temporarily_unavailable',
    ['refused', 'The authorization server is busy. Try again in a moment.'],
  ],
  ['login_required', ['refused', 'The authorization server asks you to sign in first.']],
  ['consent_required', ['refused', 'The authorization server asks for your consent first.']],
  ['interaction_required', ['refused', 'The authorization server needs you to act first.']],
])

function answeredError(error: string, description: string | undefined, cause: unknown) {
  const known = answers.get(error)
  const options = { cause, detail: plainDetail(description) }
  if (known) return new SignInError(known[0], known[1], options)
  return new SignInError('refused', 'The authorization server refused the request.', options)
}

interface ErrorBody {
  error?: unknown
  error_description?: unknown
}

function untrusted(cause: unknown): SignInError {
  return new SignInError('bad_answer', refusals.untrusted(), { cause })
}

function refusedBody(
  error: string,
  description: string | undefined,
  step: Step,
  cause: unknown,
): SignInError {
  const options = { cause, detail: plainDetail(description) }
  if (error === 'invalid_client' || error === 'unauthorized_client') {
    return new SignInError(
      'client_unknown',
      'The authorization server no longer knows this site. Sign in again.',
      options,
    )
  }
  if (step === 'registration') {
    return new SignInError(
      'registration_refused',
      'The authorization server did not register this site.',
      options,
    )
  }
  if (step === 'exchange') {
    return new SignInError(
      'code_rejected',
      'The authorization server did not take the code it gave. It is used up or too old: sign in again.',
      options,
    )
  }
  return answeredError(error, description, cause)
}

/**
 * A server's own words, safe to show as text: one line, at most 200 characters, without control
 * and direction characters and without addresses.
 */
export function plainDetail(text: string | undefined): string | undefined {
  if (!text) return undefined
  const line = text
    .slice(0, 4000)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\b[a-z][a-z0-9+.-]*:\/\/\S*|\bwww\.\S+/gi, '…')
    .replace(/\s+/g, ' ')
    .trim()
  if (!line) return undefined
  const characters = [...line]
  return characters.length > 200 ? `${characters.slice(0, 199).join('')}…` : line
}
