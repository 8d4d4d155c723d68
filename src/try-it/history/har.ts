import type { RequestBody } from '../../request/index.ts'
import { mediaTypeOf } from '../answer/body-kind.ts'
import { headerOf } from '../answer/headers.ts'
import { bodyWithoutCredentials, namesCredential, withoutCredentials } from './credential-names.ts'
import { masked } from './mask.ts'
import type { KeptPastCall, PastAnswer } from './past-call.ts'

type Header = readonly [name: string, value: string]

/**
 * The calls as an HTTP archive, version 1.2. No credential is in it: requests are kept without one,
 * and what the document marks secret is masked.
 *
 * @param texts Bodies of the answers, by the id of the call.
 * @see http://www.softwareishard.com/blog/har-12-spec/
 */
export function toHar(calls: readonly KeptPastCall[], texts: ReadonlyMap<string, string>) {
  return {
    log: {
      version: '1.2',
      creator: { name: 'Try it', version: '1' },
      comment: 'Without credentials; what the API description marks secret is masked.',
      entries: calls
        .filter(({ request }) => request)
        .map((call) => entry(call, texts.get(call.id))),
    },
  }
}

function entry(call: KeptPastCall, text: string | undefined) {
  const { outcome, request } = call
  const url = withoutCredentials(request?.url ?? '')
  const time = outcome.kind === 'answer' ? outcome.elapsed : 0
  const wait = outcome.kind === 'answer' ? outcome.head.elapsed : 0
  const body = request?.body
  const type = headerOf(request?.headers ?? [], 'content-type') ?? ownType[body?.kind ?? 'file']
  return {
    startedDateTime: new Date(call.at - time).toISOString(),
    time,
    request: {
      method: call.method,
      url,
      httpVersion: versionOf(outcome),
      cookies: [],
      headers: headers(request?.headers ?? []),
      queryString: query(url),
      headersSize: -1,
      bodySize: -1,
      ...(body && { postData: { mimeType: type, ...posted(body, type) } }),
    },
    response: outcome.kind === 'answer' ? response(outcome, text) : noResponse(outcome.message),
    cache: {},
    timings: { send: 0, wait, receive: Math.max(0, time - wait) },
    ...(outcome.kind === 'failure' && { comment: outcome.message }),
  }
}

/** Media types of bodies that are sent without a header of their own. */
const ownType = {
  text: 'text/plain',
  file: 'application/octet-stream',
  multipart: 'multipart/form-data',
}

const cover = '"…"'

/** Files are named and not kept. */
function posted(body: RequestBody, type: string) {
  switch (body.kind) {
    case 'text':
      return { text: bodyWithoutCredentials(body.text, cover, type) }
    case 'file':
      return { text: '', comment: `The file ${body.file.name}, not kept.` }
    case 'multipart':
      return {
        params: body.parts.map(({ name, value, fileName, contentType, file }) => ({
          name,
          ...(!file && {
            value: namesCredential(name) ? '…' : bodyWithoutCredentials(value, cover),
          }),
          ...(fileName !== undefined && { fileName }),
          ...(contentType !== undefined && { contentType }),
        })),
      }
  }
}

function response({ head, bytes, measured, secrets }: PastAnswer, text: string | undefined) {
  const type = headerOf(head.headers, 'content-type')
  return {
    status: head.status,
    statusText: head.statusText,
    httpVersion: measured?.protocol ?? '',
    cookies: [],
    headers: headers(head.headers),
    content: {
      size: bytes,
      mimeType: mediaTypeOf(type) || 'x-unknown',
      ...(text !== undefined && contentText(text, secrets)),
    },
    redirectURL: '',
    headersSize: -1,
    bodySize: measured?.encoded ?? -1,
  }
}

/** Status 0 is how archives say that no answer came. */
function noResponse(comment: string) {
  return {
    status: 0,
    statusText: '',
    httpVersion: '',
    cookies: [],
    headers: [],
    content: { size: 0, mimeType: 'x-unknown' },
    redirectURL: '',
    headersSize: -1,
    bodySize: -1,
    comment,
  }
}

function versionOf(outcome: KeptPastCall['outcome']): string {
  return outcome.kind === 'answer' ? (outcome.measured?.protocol ?? '') : ''
}

function headers(list: readonly Header[]) {
  return list.filter(([name]) => !namesCredential(name)).map(([name, value]) => ({ name, value }))
}

function query(url: string) {
  if (!URL.canParse(url)) return []
  return [...new URL(url).searchParams].map(([name, value]) => ({ name, value }))
}

/** Fails closed: where nobody knows which values are secret, none is written down. */
function contentText(text: string, secrets: readonly string[] | undefined) {
  return secrets
    ? { text: bodyWithoutCredentials(masked(text, secrets), cover) }
    : { comment: 'Left out: it could not be checked for secrets.' }
}
