import type { FlowField, FlowStep } from '../../../oauth/flow/flow-step.ts'
import { shellWord } from '../../../snippets/shell-quote.ts'

/** Makes what is secret in a sign-in, for a client of one's own (RFC 7636, appendix A). */
export const secretsScript = `CODE_VERIFIER=$(openssl rand -base64 32 | tr '+/' '-_' | tr -d '=')
CODE_CHALLENGE=$(printf %s "$CODE_VERIFIER" | openssl dgst -sha256 -binary | base64 | tr '+/' '-_' | tr -d '=')
STATE=$(openssl rand -hex 16)
NONCE=$(openssl rand -hex 16)`

/**
 * A step as a curl command. Secrets are shell variables in double quotes, everything else stands in
 * single quotes or needs none.
 */
export function stepAsCurl(step: FlowStep): string {
  if (step.step === 'answer') return 'read -r CODE'
  const isPage = step.step === 'authorization'
  const isForm = step.fields.length > 0
  const lines = [
    [
      'curl -s',
      // Nobody is signed in at a terminal: the server answers where to go, and that can be opened.
      ...(isPage ? ["-o /dev/null -w '%{redirect_url}\\n'"] : []),
      ...(isForm && step.method === 'GET' ? ['-G'] : []),
      shellWord(step.url),
    ].join(' '),
  ]
  for (const header of step.headers) {
    if (isForm && header.name === 'content-type') continue
    lines.push(`-H ${pair(header, ': ')}`)
  }
  for (const field of step.fields) lines.push(`--data-urlencode ${pair(field, '=')}`)
  if (step.body !== undefined) lines.push(`--data-raw ${shellWord(step.body)}`)
  return lines.join(' \\\n  ')
}

function pair({ name, value, variable }: FlowField, between: string): string {
  if (variable === undefined) return shellWord(name + between + value)
  // The name comes from a server's address as well; in double quotes it may hold nothing of a shell.
  return `"${(name + between + value).replace(/["$`\\!]/g, '')}$${variable}"`
}
