/** Why a call got no answer, as far as a page can find out. */
export type Cause =
  | { kind: 'offline' }
  /** This page came over https, the API is plain http. */
  | { kind: 'mixed_content' }
  /** The browser does not let this site reach addresses of the reader's own network. */
  | { kind: 'local_network' }
  /** A plain request to the same address was led to another one that the site's policy refuses. */
  | { kind: 'redirect_away' }
  /** Not even a plain request is answered, here or at the API's root. */
  | { kind: 'unreachable' }
  /** A plain request was still not answered when patience ended. */
  | { kind: 'silent' }
  /** The API's root is answered, this address is not. */
  | { kind: 'closed_here' }
  /** The server answers a plain request, and does not let this page read the answer. */
  | { kind: 'unreadable'; preflight: Preflight | undefined }
  /** The server lets this page read, but not send these headers. */
  | { kind: 'headers_refused'; headers: readonly string[]; preflight: Preflight }
  /** The server lets this page read and send the headers; the method, or the connection, failed. */
  | { kind: 'method_or_closed'; preflight: Preflight }
  /** The server answers this page in every way; the connection of this call ended without. */
  | { kind: 'closed_once' }

/** What a browser asks a server before it sends anything out of the ordinary (Fetch, 3.2.2). */
export interface Preflight {
  method: string
  /** Lower case, sorted. */
  headers: readonly string[]
}

/** How much of what is said is known. */
export type Sureness = 'certain' | 'likely' | 'unknown'
