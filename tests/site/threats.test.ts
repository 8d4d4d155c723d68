import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/** The threats to the docs and to a reader's account, in the numbers that tests carry. */
const threats: Record<number, string> = {
  1: 'an answer that nobody asked for, or that was used before',
  2: 'mix-up of authorization servers',
  3: 'repeated or smuggled parameters of an answer',
  4: 'PKCE taken away',
  5: "error texts of someone else's",
  6: 'ways back that lead elsewhere',
  7: 'tokens in storage or page',
  8: 'tokens and codes in addresses, referrers, logs and errors',
  9: 'tokens sent to another origin',
  10: 'popups and openers',
  11: 'messages between windows',
  12: 'refresh tokens used twice',
  13: 'registration without end, and lies about it',
  14: 'consent to more, or less, than was meant',
  15: 'API keys in the browser',
  16: 'scripts in the OpenAPI document',
  17: 'scripts in answers',
  18: 'scripts that no policy stops',
  19: 'clicks that were meant for another page',
  20: 'third parties',
  21: 'references to files and networks',
  22: 'references without end',
  23: 'bombs in YAML',
  24: 'names of the prototype',
  25: 'documents out of all proportion',
  26: 'patterns that take for ever',
  27: 'line breaks in headers',
  28: 'path values that leave their segment',
  29: 'values that are code to a shell or a language',
  30: 'answers that are huge, slow or endless',
  31: 'failures that are told as something else',
  32: 'clocks that are wrong',
  33: 'keys that changed, and signatures that are forged',
  34: 'packages and builds that were tampered with',
  35: 'service workers and caches',
  36: 'origins shared with strangers',
  37: 'records of another version, or edited by hand',
  38: 'the next person at this computer',
  39: 'GraphQL requests and schemas that mean harm',
  40: 'phishing for passwords',
}

test('every threat has a test that carries its number', async () => {
  const root = join(import.meta.dirname, '..')
  const files = await readdir(root, { recursive: true })
  const texts = await Promise.all(
    files
      .filter((file) => /\.(test|spec)\.ts$/.test(file))
      .map((file) => readFile(join(root, file), 'utf8')),
  )
  // The name begins with the numbers: `T1, T2: an answer …`.
  const names = texts.flatMap((text) => [...text.matchAll(/\(\s*[`'"]((?:T\d+, )*T\d+): /g)])
  const covered = new Set(names.flatMap(([, numbers = '']) => numbers.split(', ')))
  expect(Object.keys(threats).filter((number) => !covered.has(`T${number}`))).toEqual([])
})
