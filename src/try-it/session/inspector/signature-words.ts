import type { TokenSignature } from '../../../oauth/inspection/token-report.ts'

/** What checking the signature found, as a heading and a sentence. */
export function signatureWords(
  { verdict, reason, algorithm, keyId, jwksUri }: TokenSignature,
  issuer: string,
): { title: string; text: string } {
  const key = keyId === undefined ? 'its key' : `its key ${keyId}`
  if (verdict === 'valid') {
    return {
      title: 'Signature valid',
      text: `${issuer} signed it with ${key} (${algorithm}), which it publishes at ${jwksUri}.`,
    }
  }
  if (verdict === 'unchecked') {
    return { title: 'Signature not checked', text: unchecked(reason, issuer, jwksUri) }
  }
  return { title: 'Signature not valid', text: invalid(reason, issuer, algorithm, keyId) }
}

function unchecked(
  reason: TokenSignature['reason'],
  issuer: string,
  jwksUri: string | undefined,
): string {
  if (reason === 'opaque') return 'The token is no JWT: only its issuer can read it.'
  if (reason === 'no_keys') return `${issuer} names no keys at an address of its own.`
  return `The keys at ${jwksUri} could not be read.`
}

function invalid(
  reason: TokenSignature['reason'],
  issuer: string,
  algorithm = 'nothing',
  keyId = 'without a name',
): string {
  if (reason === 'no_such_key') return `None of the keys of ${issuer} is ${keyId}.`
  if (reason === 'algorithm') return `"${algorithm}" is no signature that a public key can verify.`
  return `It does not fit the keys of ${issuer}. Sign out, and tell whoever runs this API.`
}
