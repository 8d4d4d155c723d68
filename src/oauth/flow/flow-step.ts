/** A field of a query or a form. What is secret or works once is shown as a variable. */
export interface FlowField {
  name: string
  /** Empty where the value is secret. */
  value: string
  /** The value is secret: a shell variable of this name stands for it. */
  variable?: string
}

export type FlowStepName =
  /** The API says which authorization server it trusts (RFC 9728). */
  | 'resource'
  /** The authorization server says where its endpoints are. */
  | 'metadata'
  /** Is a client id that was remembered still known? */
  | 'known_client'
  | 'registration'
  /** The reader went to the authorization server. */
  | 'authorization'
  /** The reader came back from it. */
  | 'answer'
  | 'exchange'
  /** Who signed in (userinfo). */
  | 'account'

/** One step of a sign-in as it was taken, without anything that could be used by somebody else. */
export interface FlowStep {
  step: FlowStepName
  method: string
  /** Without the query. */
  url: string
  headers: FlowField[]
  /** Fields of the query of a GET, of the form of a POST. */
  fields: FlowField[]
  /** Body that is no form. */
  body?: string
  /** Nothing where a page was opened, or where no answer came. */
  status?: number
  /** JSON of the answer, secrets masked. */
  answer?: string
  /** Milliseconds to the head of the answer. */
  elapsed?: number
}
