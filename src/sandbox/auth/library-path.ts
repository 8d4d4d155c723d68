/** How the app and Better Auth meet. Apart from it, which is much code, for those that need no more. */

/** Where Better Auth lives below the issuer; its paths are then the ones Streamloop documents. */
export const libraryPath = '/api/auth'

/** The one header the rate limiter reads; the app overwrites it with the socket's address. */
export const socketAddressHeader = 'x-real-ip-internal'
