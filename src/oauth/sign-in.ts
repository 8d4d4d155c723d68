import type { Environment } from '../site.ts'
import { clientMemory } from './client-memory.ts'
import { type Homecoming, saveHomecoming } from './homecoming.ts'
import { isSharedOrigin } from './hosting-origin.ts'
import { returnAddress } from './return-path.ts'
import { SignInError } from './sign-in-error.ts'
import {
  peekTransaction,
  saveTransaction,
  type Transaction,
  takeTransaction,
} from './transaction.ts'
import type { VaultClient } from './vault/client.ts'
import type { SessionView } from './vault/protocol.ts'

const clients = clientMemory(() => localStorage)

/** What a page wants from a sign-in. */
export interface SignInWish {
  environment: Environment
  scopes: string[]
  /** Ask for consent even where it was given before. */
  consent: boolean
  /** What the consent page calls this site, when it has to register. */
  clientName: string
  /** Kept in this tab's storage: nothing secret. */
  form: unknown
  /** Kept by the vault. */
  secrets: Record<string, string>
}

/**
 * Leaves for the authorization server.
 *
 * @throws {SignInError} The page stays.
 */
export async function leaveForSignIn(vault: VaultClient, wish: SignInWish): Promise<void> {
  if (isSharedOrigin(location.hostname, __BASE__)) {
    throw new SignInError(
      'shared_origin',
      `Other people's pages share the origin ${location.origin}, so signing in here is not safe. Use the curl.`,
    )
  }
  const redirectUri = `${location.origin}${__BASE__}oauth/callback/`
  const remembered = clients.read(wish.environment.issuer ?? '', redirectUri)
  const begun = await vault.begin({
    environment: wish.environment.name,
    scopes: wish.scopes,
    consent: wish.consent,
    clientName: wish.clientName,
    ...(remembered && {
      clientId: remembered,
      doubtful: peekTransaction(sessionStorage)?.clientId === remembered,
    }),
  })
  clients.keep(begun.issuer, begun.redirectUri, begun.clientId)
  const { url, ...kept } = begun
  saveTransaction(sessionStorage, {
    version: 1,
    ...kept,
    environment: wish.environment.name,
    returnPath: location.pathname + location.hash,
    createdAt: Date.now(),
    form: wish.form,
  })
  await vault.keepSecrets(begun.state, wish.secrets)
  location.assign(url)
}

/**
 * Forgets what this browser keeps of sign-ins to an issuer, so that whoever comes next finds nothing
 * of them: the client id is public, but tells that somebody was here.
 */
export function forgetSignIns({ issuer = '' }: Environment): void {
  clients.forget(issuer, `${location.origin}${__BASE__}oauth/callback/`)
  takeTransaction(sessionStorage)
}

/** How a callback ended, and where the reader goes from there. */
export interface Arrival {
  /** Full address on this site. */
  back: string
  error?: SignInError
}

/**
 * Receives the answer of the authorization server on the callback page.
 *
 * @param query Taken from the address, which is clean by now.
 * @param connect Called only when there is a sign-in of ours to finish.
 */
export async function arriveFromSignIn(
  query: string,
  connect: () => Promise<VaultClient>,
): Promise<Arrival> {
  // Read and deleted before anything else can happen, so that no answer works twice.
  const transaction = takeTransaction(sessionStorage)
  if (!transaction) {
    return {
      back: returnAddress('', location.origin, __BASE__),
      error: new SignInError(
        'not_ours',
        'There is no sign-in of this tab to finish. It was finished already, or was started somewhere else.',
      ),
    }
  }
  const back = returnAddress(transaction.returnPath, location.origin, __BASE__)
  const homecoming: Homecoming = {
    version: 1,
    path: new URL(back).pathname,
    form: transaction.form,
    trip: transaction.state,
    signedIn: true,
  }
  try {
    const vault = await connect()
    if (vault.outlivesPage) await finishSignIn(vault, query, transaction)
    else homecoming.pending = { query, transaction }
    saveHomecoming(sessionStorage, homecoming)
    return { back }
  } catch (cause) {
    const error = asSignInError(cause)
    // A "no" is an answer: the reader goes on where they were, if that page is one to go back to.
    const declined = error.code === 'denied' && isPageOf(transaction, back)
    saveHomecoming(sessionStorage, {
      ...homecoming,
      signedIn: false,
      // The server's own words add nothing to a "no".
      ...(declined && { refusal: { code: error.code, message: error.message } }),
    })
    return declined ? { back } : { back, error }
  }
}

/**
 * Spends the answer in the vault.
 *
 * @throws {SignInError}
 */
export async function finishSignIn(
  vault: VaultClient,
  query: string,
  transaction: Transaction,
): Promise<SessionView> {
  try {
    return await vault.finish(query, transaction)
  } catch (cause) {
    if (cause instanceof SignInError && cause.code === 'client_unknown') {
      clients.forget(transaction.issuer, transaction.redirectUri)
    }
    throw cause
  }
}

function isPageOf({ returnPath }: Transaction, back: string): boolean {
  const { pathname, hash } = new URL(back)
  return pathname + hash === returnPath
}

function asSignInError(cause: unknown): SignInError {
  if (cause instanceof SignInError) return cause
  return new SignInError('unexpected', 'The sign-in failed for a reason we did not expect.', {
    cause,
  })
}
