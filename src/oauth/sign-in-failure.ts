import type { Step } from './errors.ts'
import type { RefusalName, refusals } from './refusals.ts'
import { type PlainSignInError, SignInError } from './sign-in-error.ts'

/**
 * `toSignInError`, loaded when something fails: a sign-in that succeeds has no use for its words.
 *
 * @param step Decides the words where the failure itself says little.
 */
export async function signInFailure(cause: unknown, step: Step): Promise<SignInError> {
  if (cause instanceof SignInError) return cause
  try {
    const { toSignInError } = await import('./errors.ts')
    return toSignInError(cause, step)
  } catch {
    return wordless('unreachable', cause)
  }
}

/**
 * An error that stops a sign-in, its words loaded as above.
 *
 * @param words What the sentence names, in its order.
 */
export async function refusal<Name extends RefusalName>(
  code: PlainSignInError['code'],
  name: Name,
  ...words: Parameters<(typeof refusals)[Name]>
): Promise<SignInError> {
  try {
    const { refusals } = await import('./errors.ts')
    const say = refusals[name] as (...words: string[]) => string
    return new SignInError(code, say(...words))
  } catch (cause) {
    return wordless(code, cause)
  }
}

function wordless(code: PlainSignInError['code'], cause: unknown): SignInError {
  const message = 'The sign-in failed, and the part of this site that knows why was not loaded.'
  return new SignInError(code, message, { cause })
}
