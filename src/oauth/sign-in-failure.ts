import type { Step } from './errors.ts'
import { SignInError } from './sign-in-error.ts'

/**
 * `toSignInError`, loaded when something fails: a sign-in that succeeds has no use for its words.
 *
 * @param step Decides the words where the failure itself says little.
 */
export async function signInFailure(cause: unknown, step: Step): Promise<SignInError> {
  if (cause instanceof SignInError) return cause
  let errors: typeof import('./errors.ts')
  try {
    errors = await import('./errors.ts')
  } catch {
    const message = 'The sign-in failed, and the part of this site that knows why was not loaded.'
    return new SignInError('unreachable', message, { cause })
  }
  return errors.toSignInError(cause, step)
}
