import type { SendFailure } from '../../oauth/vault/send-failure.ts'
import type { Cause, Preflight, Sureness } from './cause.ts'

/** A failure as the reader sees it: what is known, how sure it is, and no more. */
export interface FailureWords {
  title: string
  text: string
  sureness: Sureness
  /** What the server would have to answer, as lines of HTTP. */
  needed?: string
}

const mayHaveActed = 'The API may have acted all the same.'

export function failureWords({ code, message }: SendFailure): FailureWords {
  switch (code) {
    case 'cancelled':
      return {
        title: 'Cancelled',
        text: `You stopped it before an answer came. ${mayHaveActed}`,
        sureness: 'certain',
      }
    case 'offline':
      return { title: 'Offline', text: `${message} Nothing was sent.`, sureness: 'certain' }
    case 'timeout':
      return {
        title: 'No answer in time',
        text: `${message} ${mayHaveActed}`,
        sureness: 'certain',
      }
    case 'redirect':
      return { title: 'Redirect not followed', text: message, sureness: 'certain' }
    case 'blocked':
      return {
        title: 'Blocked by this site',
        text: `${message} Nothing was sent.`,
        sureness: 'certain',
      }
    case 'not_allowed':
    case 'not_made':
      return { title: 'Not sent', text: message, sureness: 'certain' }
    case 'broken_off':
      return { title: 'Cut off', text: message, sureness: 'certain' }
    case 'unreachable':
      return { title: 'No answer', text: message, sureness: 'unknown' }
  }
}

/**
 * @param api Origin of the API.
 * @param site Origin of this site.
 */
export function causeWords(cause: Cause, api: string, site: string): FailureWords {
  switch (cause.kind) {
    case 'offline':
      return {
        title: 'Offline',
        text: 'This browser is offline. Nothing was sent.',
        sureness: 'certain',
      }
    case 'mixed_content':
      return {
        title: 'Mixed content',
        text: `This page came over https, and ${api} is plain http: browsers do not send that. Nothing was sent. Open the docs over http, or the API over https.`,
        sureness: 'certain',
      }
    case 'local_network':
      return {
        title: 'Kept from your local network',
        text: `This browser does not let this site reach devices of your own network, and ${api} seems to be one. Allow it in the settings of this site.`,
        sureness: 'likely',
      }
    case 'redirect_away':
      return {
        title: 'Redirect not followed',
        text: `A plain request to this address is redirected to another one, where this site sends nothing. No token went there.`,
        sureness: 'likely',
      }
    case 'unreachable':
      return {
        title: 'Server not reachable',
        text: `Nothing at ${api} answered, not even a plain request. Its name is unknown, nothing listens there, or its certificate is refused; a page cannot tell which. A server that forbids other sites to load anything looks the same.`,
        sureness: 'likely',
      }
    case 'silent':
      return {
        title: 'No answer',
        text: `A plain request to this address was not answered within seconds either. The server may be busy, or not reachable. ${mayHaveActed}`,
        sureness: 'unknown',
      }
    case 'closed_here':
      return {
        title: 'Connection ended',
        text: `${api} answers, but at this address the connection ended without an answer, for a plain request too. CORS is not what ended it. ${mayHaveActed}`,
        sureness: 'likely',
      }
    case 'closed_once':
      return {
        title: 'Connection ended',
        text: `${api} answers this page, so CORS is not the reason: the connection of this call ended before an answer came. ${mayHaveActed} Send again.`,
        sureness: 'likely',
      }
    case 'unreadable':
      return {
        title: 'CORS does not let this page read',
        text: `${api} answers at this address, but not to this site: without the header below, a browser keeps the answer from the page. ${
          cause.preflight ? 'The call itself was most likely not made.' : mayHaveActed
        }`,
        sureness: 'certain',
        needed: neededHeaders(cause.preflight, site),
      }
    case 'headers_refused':
      return {
        title: 'CORS does not let this page send',
        text: `${api} lets this site read, but not send ${inWords(cause.headers)}. The browser asked first (a preflight), and did not send the call.`,
        sureness: 'certain',
        needed: neededHeaders(cause.preflight, site),
      }
    case 'method_or_closed':
      return {
        title: 'Not sent, or no answer',
        text: `${api} lets this site read and send these headers. Either it does not allow ${cause.preflight.method} to other sites, or the connection ended before an answer came; a page cannot tell which. ${mayHaveActed}`,
        sureness: 'unknown',
        needed: neededHeaders(cause.preflight, site),
      }
  }
}

/** What CORS asks of a server before this call can be made from this site. */
function neededHeaders(preflight: Preflight | undefined, site: string): string {
  const allowOrigin = `Access-Control-Allow-Origin: ${site}`
  if (!preflight) return allowOrigin
  const { method, headers } = preflight
  return [
    'to OPTIONS, with a status of 200 to 299:',
    allowOrigin,
    ...(/^(GET|HEAD|POST)$/.test(method) ? [] : [`Access-Control-Allow-Methods: ${method}`]),
    ...(headers.length > 0 ? [`Access-Control-Allow-Headers: ${headers.join(', ')}`] : []),
    `to ${method}:`,
    allowOrigin,
  ].join('\n')
}

function inWords(headers: readonly string[]): string {
  return `the ${headers.length === 1 ? 'header' : 'headers'} ${headers.join(', ')}`
}

export function surenessInWords(sureness: Sureness): string {
  switch (sureness) {
    case 'certain':
      return 'Certain'
    case 'likely':
      return 'Likely, not certain'
    case 'unknown':
      return 'A page cannot tell'
  }
}
