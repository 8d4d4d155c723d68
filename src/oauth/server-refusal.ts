/** An authorization server said no, in JSON where it keeps to RFC 6749 (5.2) or RFC 7591 (3.2.2). */
export class ServerRefusal extends Error {
  readonly answer: unknown

  constructor(answer: unknown) {
    super('The authorization server refused.')
    this.answer = answer
  }
}
