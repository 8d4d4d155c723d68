import type { FlowStepName } from '../../../oauth/flow/flow-step.ts'

/** What each step is for. */
export const stepWords: Record<
  FlowStepName | 'secrets' | 'refusal' | 'refresh',
  { title: string; text: string }
> = {
  resource: {
    title: 'Ask the API whom it trusts',
    text: 'Its document names the authorization server, and itself as it wants to be called (RFC 9728). Where it names another server, a sign-in has to stop.',
  },
  metadata: {
    title: 'Ask the authorization server where things are',
    text: 'Its metadata names every endpoint below (OpenID Connect Discovery). Its issuer has to be the one that was asked.',
  },
  known_client: {
    title: 'Ask whether the client id is still known',
    text: 'The last sign-in did not come back. A token that does not exist is revoked: only invalid_client would mean that the id is gone.',
  },
  registration: {
    title: 'Register',
    text: 'A public client of one redirect address gets a client id (RFC 7591). Put an address of your own in the place of ours, and the name of your app.',
  },
  secrets: {
    title: 'Make four secrets',
    text: 'Verifier and challenge bind the code to this client (PKCE, RFC 7636), state binds the answer to this sign-in, nonce the ID token. New ones every time.',
  },
  authorization: {
    title: 'Send the person to sign in',
    text: 'A page that is opened, not fetched. Scope and resource are always named. From a terminal, open the address that this prints.',
  },
  answer: {
    title: 'Come back with a code',
    text: 'The address has code, state and iss. State has to be yours and iss the issuer (RFC 9207), each once; then the code leaves the address bar. Paste yours here.',
  },
  refusal: {
    title: 'Come back with a refusal',
    text: 'The address has error in the place of code (RFC 6749, 4.1.2.1), with state and iss all the same. There is nothing to exchange; what was granted before stays.',
  },
  exchange: {
    title: 'Exchange the code for a token',
    text: 'Once, with the verifier. The access token of the answer goes with each call; expires_in says for how many seconds.',
  },
  account: {
    title: 'Ask who signed in',
    text: 'Its sub has to be that of the ID token.',
  },
  refresh: {
    title: 'Refresh',
    text: 'A client that asked for offline_access trades its refresh token for new ones, and forgets the old: used twice, it ends the sign-in.',
  },
}
