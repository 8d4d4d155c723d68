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
        <code>{model.request.curlHint}</code>
      </pre>
      <button type="button" class="try-plain" onClick={() => model.request.forgetRefusal()}>
        Understood
      </button>
    </div>
  )
}
