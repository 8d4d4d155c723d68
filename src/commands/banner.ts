import { relative, sep } from 'node:path'

export interface RunningParts {
  docs?: string
  issuer: string
  api: string
  mcp: string
  demo: { email: string; keyFile: string }
}

/** What a reader needs once everything runs: where to look, who to be, one line to try. */
export function banner({ docs, issuer, api, mcp, demo }: RunningParts): string {
  const keyFile = shellPath(demo.keyFile)
  const rows = [
    ...(docs ? [['Docs', `${docs}/`]] : []),
    ['Sign-in', issuer],
    ['Controls', `${issuer}/sandbox (clock, reset, last requests)`],
    ['API', `${api}/v1`],
    ['MCP', mcp],
    ['Demo account', `${demo.email} (the sign-in page has a button for it)`],
    ['Demo API key', keyFile],
  ]
  return [
    '',
    ...rows.map(([name = '', value]) => `  ${name.padEnd(13)} ${value}`),
    '',
    '  In another terminal, in this folder:',
    '',
    `  ${curlLine(api, keyFile)}`,
    '',
    '  Ctrl-C stops everything.',
    '',
  ].join('\n')
}

/** Works when pasted: reads the key from its file and asks who it belongs to. */
export function curlLine(api: string, keyFile: string): string {
  return `. ${keyFile} && curl -H "x-api-key: $STREAMLOOP_API_KEY" ${api}/v1/me`
}

/** As a shell in the working directory reads it; `.` finds a file only where the path has a slash. */
function shellPath(file: string): string {
  const near = relative(process.cwd(), file)
  const path = near.startsWith('..') ? file : near.includes(sep) ? near : `./${near}`
  return /^[\w./@%+-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`
}
