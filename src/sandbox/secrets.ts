import { createCipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Secrets } from './domain/work.ts'
import { SandboxError } from './errors.ts'

/**
 * Reads the secret of a sandbox, or makes one for a new sandbox.
 *
 * @throws {SandboxError} `secret_changed`: the data is there and its secret is not.
 */
export async function readSecret(directory: string, dataExists: boolean): Promise<string> {
  const file = join(directory, 'secret')
  if (existsSync(file)) {
    const secret = (await readFile(file, 'utf8')).trim()
    if (secret.length >= 32) return secret
    throw new SandboxError('secret_changed', `${file} does not hold the secret of the sandbox.`)
  }
  if (dataExists) {
    throw new SandboxError(
      'secret_changed',
      `${file} is missing, and the data beside it cannot be read without it. Put it back, or start with --reset.`,
    )
  }
  const secret = randomBytes(32).toString('base64url')
  await writeFile(file, `${secret}\n`, { mode: 0o600, flag: 'wx' })
  return secret
}

/** Kept with the data, it tells whether a secret is the one the data was made with. */
export function markOf(secret: string): string {
  return createHmac('sha256', deriveKey(secret, 'mark')).update('sandbox').digest('base64url')
}

/** Encrypts stream keys (AES-256-GCM) and fingerprints them, each with a key of its own. */
export function createSecrets(secret: string): Secrets {
  const sealing = deriveKey(secret, 'stream keys')
  const fingerprinting = deriveKey(secret, 'fingerprints')
  return {
    seal(text) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce)
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')
    },
    fingerprint: (text) => createHmac('sha256', fingerprinting).update(text).digest('base64url'),
  }
}

/** Proves that an upload address came from here and was not altered. */
export interface AddressSigner {
  sign(uploadId: string, expiresAt: number): string
  verify(uploadId: string, expiresAt: number, signature: string): boolean
}

export function createAddressSigner(secret: string): AddressSigner {
  const key = deriveKey(secret, 'upload addresses')
  const sign = (uploadId: string, expiresAt: number) =>
    createHmac('sha256', key).update(`PUT\n${uploadId}\n${expiresAt}`).digest('base64url')
  return {
    sign,
    verify(uploadId, expiresAt, signature) {
      const right = Buffer.from(sign(uploadId, expiresAt))
      const given = Buffer.from(signature)
      return given.length === right.length && timingSafeEqual(given, right)
    },
  }
}

function deriveKey(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `streamloop sandbox: ${purpose}`, 32))
}
