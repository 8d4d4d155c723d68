import { useSignal, useSignalEffect } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { PanelModel } from '../../../panel-model.ts'
import type { BodyForm } from '../body-form.ts'
import type { JsonEditor } from './json-editor.ts'

interface Props {
  body: BodyForm
  model: PanelModel
  id: string
  describedBy: string
  isInvalid: boolean
}

/**
 * The body as text. A plain field until JSON is first edited, when the editor takes its place with
 * what was typed meanwhile.
 */
export function TextBody({ body, model, id, describedBy, isInvalid }: Props) {
  const field = useRef<HTMLTextAreaElement>(null)
  const host = useRef<HTMLDivElement>(null)
  const editor = useRef<JsonEditor | undefined>(undefined)
  const isLoading = useRef(false)
  const isMounted = useSignal(false)
  const isJson = body.kind.value !== 'text'
  const edit = async () => {
    if (!isJson || isLoading.current || editor.current) return
    isLoading.current = true
    try {
      const { editInstead } = await import('./edit-instead.ts')
      if (!field.current || !host.current) return
      editor.current = editInstead(field.current, host.current, body, model)
      isMounted.value = true
    } catch {
      // Without the editor the field does.
    } finally {
      isLoading.current = false
    }
  }
  // Read before it is known whether there is an editor, or nothing would be watched until then.
  useSignalEffect(() => {
    const text = body.text.value
    editor.current?.setText(text)
  })
  useSignalEffect(() => {
    const problems = body.problems.value
    editor.current?.setProblems(problems)
  })
  useEffect(() => () => editor.current?.destroy(), [])
  return (
    <>
      <div class="try-input try-editor" ref={host} hidden={!isMounted.value} />
      {!isMounted.value && (
        <textarea
          id={id}
          ref={field}
          class="try-input try-body"
          rows={6}
          spellcheck={false}
          autocomplete="off"
          autocapitalize="off"
          aria-describedby={describedBy}
          aria-invalid={isInvalid || undefined}
          value={body.text.value}
          onFocus={() => void edit()}
          onInput={({ currentTarget }) => {
            body.text.value = currentTarget.value
          }}
          onBlur={() => body.liftSecrets()}
        />
      )}
    </>
  )
}
