import type { PanelModel } from '../panel-model.ts'
import { Actions } from './Actions.tsx'
import { BodyEditor } from './BodyEditor.tsx'
import { KeyRefusal } from './KeyRefusal.tsx'
import { guardAgainstKeys } from './key-guard.ts'
import { ParameterField } from './ParameterField.tsx'
import { RequestSentence } from './RequestSentence.tsx'

/** The request as a sentence, and everything that can be typed into it. */
export function RequestForm({ model }: { model: PanelModel }) {
  const { operation, form } = model
  return (
    <form
      noValidate
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault()
        void model.sending.send()
      }}
      {...guardAgainstKeys(model)}
    >
      <RequestSentence model={model} />
      {model.request.keyRefused.value && <KeyRefusal model={model} />}
      {form.fields.map((field) => (
        <ParameterField key={field.key} field={field} model={model} />
      ))}
      {form.unsendable.map(({ name, in: place }) => (
        <p class="try-note" key={`${place}:${name}`}>
          Browsers do not let a page send the {place} <code>{name}</code>. Use the curl for it.
        </p>
      ))}
      {operation.requestBody && <BodyEditor model={model} />}
      <Actions model={model} />
    </form>
  )
}
