import { describe, expect, test } from 'vitest'
import {
  type AnswerOffer,
  offerFor as offer,
  type Standing,
} from '../../src/try-it/session/step-up.ts'

const reader: Standing = {
  authorized: true,
  granted: ['openid', 'profile', 'read'],
  missing: ['write'],
  wanted: ['openid', 'profile', 'read', 'write'],
}
const offerFor = (
  status: number,
  header: string | undefined,
  standing: Standing,
  repeat: boolean,
): AnswerOffer | undefined =>
  offer({ status, headers: header ? [['www-authenticate', header]] : [] }, standing, repeat)

const challenge = (scope: string) => `Bearer error="insufficient_scope"${scope}`

describe('T14: a call that was refused for its scopes', () => {
  test('is offered what is missing, with what is granted, and once more', () => {
    expect(offerFor(403, challenge(', scope="read write"'), reader, true)).toEqual({
      kind: 'step_up',
      granted: ['openid', 'profile', 'read'],
      missing: ['write'],
      wanted: ['openid', 'profile', 'read', 'write'],
      repeat: true,
    })
  })
  test('believes the API over the document', () => {
    expect(offerFor(403, challenge(', scope="billing billing"'), reader, true)).toMatchObject({
      missing: ['billing'],
      wanted: ['openid', 'profile', 'read', 'billing'],
    })
  })
  test('asks the document where the API names no scope', () => {
    expect(offerFor(403, challenge(''), reader, true)).toMatchObject({ missing: ['write'] })
  })
  test('is offered nothing where the API asks for what is granted: that would go on for ever', () => {
    expect(offerFor(403, challenge(', scope="read"'), reader, true)).toMatchObject({
      kind: 'pointless',
      missing: [],
      repeat: false,
    })
    expect(offerFor(403, challenge(''), { ...reader, missing: [] }, true)).toMatchObject({
      kind: 'pointless',
      repeat: false,
    })
  })
  test('is not made a third time by itself', () => {
    expect(offerFor(403, challenge(', scope="write"'), reader, false)).toMatchObject({
      kind: 'step_up',
      repeat: false,
    })
  })
  test.each([
    ['another error', 403, 'Bearer error="invalid_token"'],
    ['another scheme', 403, 'Basic realm="error=insufficient_scope"'],
    ['no challenge', 403, undefined],
    ['another status', 402, challenge(', scope="write"')],
    ['a success', 200, challenge(', scope="write"')],
  ])('is not seen in %s', (_name, status, header) => {
    expect(offerFor(status, header, reader, true)).toBeUndefined()
  })
})

test('a call without a sign-in is offered one, and a spent sign-in is told apart', () => {
  const nobody = { ...reader, authorized: false, granted: [] }
  expect(offerFor(401, undefined, nobody, true)).toMatchObject({
    kind: 'sign_in',
    wanted: reader.wanted,
    repeat: true,
  })
  expect(offerFor(401, 'Bearer error="invalid_token"', reader, true)).toMatchObject({
    kind: 'sign_in_again',
  })
})
