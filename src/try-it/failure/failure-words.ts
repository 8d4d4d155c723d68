import type { SendFailure } from '../../oauth/vault/send-failure.ts'

/** A failure as the reader sees it: what is known and no more. */
export function failureWords({ code, message }: SendFailure): { title: string; text: string } {
  switch (code) {
    case 'cancelled':
      return {
        title: 'Cancelled',
        text: 'Nothing more was read. The API may have acted all the same.',
      }
    case 'offline':
      return { title: 'Offline', text: `${message} Nothing was sent.` }
    case 'timeout':
      return { title: 'No answer in time', text: `${message} The API may have acted all the same.` }
    case 'redirect':
      return { title: 'Redirect not followed', text: message }
    case 'blocked':
      return { title: 'Blocked by this site', text: `${message} Nothing was sent.` }
    case 'not_allowed':
      return { title: 'Not sent', text: message }
    case 'broken_off':
      return { title: 'Broken off', text: message }
    case 'unreachable':
      return {
        title: 'No answer',
        text: `${message} A browser does not say why: the API may be down, its name unknown, its certificate refused, or it may not answer this site. The curl beside this panel tells more.`,
      }
  }
}
