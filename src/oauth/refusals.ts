export type RefusalName = keyof typeof refusals

/** Why a sign-in stops: what the authorization server or the API got wrong, or who was not started here. */
export const refusals = {
  unsafeIssuer: (environment: string) =>
    `The issuer of ${environment} is not an https address, so signing in is not safe.`,
  disagreement: (environment: string, what: string) =>
    `The API of ${environment} ${what}. The sign-in stopped, as the token could end up in the wrong hands.`,
  otherIssuer: (issuer: string) =>
    `The server at ${issuer} says that it is another one. The sign-in stopped.`,
  untrusted: () => 'The authorization server answered in a way that this sign-in cannot trust.',
  noPkce: () =>
    'The authorization server does not offer PKCE with S256, so signing in is not safe.',
  noEndpoint: (name: string) => `The authorization server names no ${name}.`,
  foreignEndpoint: (name: string, origin: string) =>
    `The authorization server's ${name} is not an address of ${origin}, so it is not used.`,
  noRegistration: () =>
    'The authorization server takes no registrations, and this site was built without a client id.',
  otherRedirect: () =>
    'The authorization server registered another redirect address than ours. It is not used.',
  secretGiven: () =>
    'The authorization server gave a secret to a page that cannot keep one. It is not used.',
  otherToken: () => 'The authorization server gave a token of another kind.',
  nameless: () => 'The authorization server does not say who signed in.',
  noIssuerNamed: () => 'The answer does not say which authorization server it comes from.',
  endless: () => 'The answer is far too long. The sign-in was stopped.',
  bothWays: () => 'The answer is a success and an error at once. The sign-in was stopped.',
  noCode: () => 'The answer holds no code. The sign-in was stopped.',
  twice: (name: string) => `The answer names "${name}" more than once. The sign-in was stopped.`,
  tooLong: (name: string) => `The answer's "${name}" is far too long. The sign-in was stopped.`,
  otherServer: () => 'The answer comes from another authorization server.',
  otherTab: () => 'This sign-in was not started from this tab.',
  otherSite: () => 'This sign-in was started for another site or server.',
}
