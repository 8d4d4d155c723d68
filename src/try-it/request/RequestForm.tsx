import { useRef } from 'preact/hooks'
import type { PanelModel } from '../panel-model.ts'
import { Actions } from './Actions.tsx'
import { HeaderSection } from './headers/HeaderSection.tsx'
import { guardAgainstKeys } from './key-guard.ts'
import { Later } from './Later.tsx'
import { ParameterField } from './parameter/ParameterField.tsx'
import { RequestSentence } from './RequestSentence.tsx'

/** The request as a sentence, and everything that can be typed into it. */
export function RequestForm({ model }: { model: PanelModel }) {
  const { form, parts, request } = model
  const box = useRef<HTMLFormElement>(null)
  return (
    <form
      noValidate
      autocomplete="off"
      ref={box}
      onSubmit={(event) => {
        event.preventDefault()
        void model.sending.send()
      }}
      {...guardAgainstKeys(model)}
    >
      <RequestSentence model={model} />
      {request.keyRefused.value && (
        <Later load={async () => (await import('./KeyRefusal.tsx')).KeyRefusal} props={{ model }} />
      )}
      {form.fields.map((field) => (
        <ParameterField key={field.key} field={field} model={model} />
      ))}
      {form.unsendable.length > 0 && (
        <Later
          load={async () => (await import('./parameter/Unsendable.tsx')).Unsendable}
          props={{ model }}
        />
      )}
      {parts.BodyEditor && form.body && <parts.BodyEditor body={form.body} model={model} />}
      <HeaderSection model={model} />
      <Actions model={model} />
      <p class="try-unseen" role="status">
        {request.said.value}
      </p>
    </form>
  )
}
