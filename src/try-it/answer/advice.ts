/** What a reader can do after an error, by its status alone; the API's own words stand beside it. */
export function advice(status: number, hasCondition: boolean): string | undefined {
  switch (status) {
    case 400:
      return 'The API could not read the request. Compare it with the parameters on this page.'
    case 401:
      return 'Sign in, then send again.'
    case 402:
      return 'The account has to pay before this works: top up or change the plan, then send again.'
    case 403:
      return 'Your sign-in is valid but does not allow this. Ask for the missing permission, or use another account.'
    case 404:
      return 'Nothing is there under this address for your account. Check the ids, and that the thing was not deleted.'
    case 405:
      return 'The address exists, but not with this method.'
    case 409:
      return 'The request does not fit the present state of the thing. Read it again, then decide.'
    case 410:
      return 'It was there and is gone for good.'
    case 412:
      return hasCondition
        ? 'Somebody changed it since you read it. Read it again and send the new version with your change.'
        : 'A condition of the request does not hold. Read the thing again, then send with its present version.'
    case 413:
      return 'The body is too large. Send less at a time.'
    case 415:
      return 'The API does not take this media type. Choose another one for the body.'
    case 422:
      return 'The request can be read, but a value is not allowed. Correct it, then send again.'
    case 428:
      return 'The API wants to know which version you mean: send the condition it asks for.'
    case 429:
      return 'Too many requests. Wait, then send again.'
    default:
      if (status >= 500)
        return 'The fault is on the side of the API. Wait a little, then send again.'
      return status >= 400 ? 'The API refused the request.' : undefined
  }
}
