import { serverIn } from '../../request/index.ts'
import type { PanelModel } from '../panel-model.ts'

/** What is said in place of an API key that was typed or pasted. */
export function KeyRefusal({ model }: { model: PanelModel }) {
  return (
    <div class="try-refusal" role="alert">
      <p>
        <strong>That looks like an API key.</strong> It was not kept and not sent. A key gives full
        access until it is revoked, so it does not belong into a web page. Use it from a terminal:
      </p>
      <pre class="try-code">
        <code>{curlFor(model)}</code>
      </pre>
      <button type="button" class="try-plain" onClick={() => model.request.forgetRefusal()}>
        Understood
      </button>
    </div>
  )
}

/** The call as a terminal makes it, with the key in a variable. */
function curlFor({ operation, built, environment }: PanelModel): string {
  const { method, path, server, credentials } = operation
  const now = built.peek()
  const url = 'request' in now ? now.request.url : serverIn(server, environment.peek().api) + path
  const key = credentials.find(({ kind }) => kind === 'apiKey')
  const option = method === 'GET' ? '' : `-X ${method} `
  const header = key ? `${key.header}: ${key.prefix}$${key.variable}` : 'x-api-key: $API_KEY'
  return `curl ${option}'${url.replaceAll("'", '%27')}' -H "${header}"`
}
