import { useSignal } from '@preact/signals'
import { useEffect, useId, useRef } from 'preact/hooks'
import type { PanelModel } from '../../panel-model.ts'
import { Row } from '../parameter/Row.tsx'
import { useRowFocus } from '../parameter/rows.ts'
import { isSecretHeader } from './extra-headers.ts'

/** Headers that the document does not name, and the media type that is asked for. */
export function HeaderEditor({ model }: { model: PanelModel }) {
  const { extra } = model.form
  const focus = useRowFocus()
  const group = useRef<HTMLFieldSetElement>(null)
  const keptOut = useSignal(false)
  const headers = extra.list.value
  useEffect(() => {
    // It took the place of the button that had the focus.
    if (document.activeElement === document.body) {
      group.current?.querySelector<HTMLElement>('select, input, button')?.focus()
    }
  }, [])
  return (
    <fieldset
      class="try-plain-group"
      ref={group}
      onInput={() => {
        keptOut.value = false
      }}
      onPaste={(event) => {
        const text = event.clipboardData?.getData('text/plain').trim() ?? ''
        if (!/[\r\n]/.test(text)) return
        event.preventDefault()
        keptOut.value = true
      }}
    >
      <legend class="try-label">
        <span class="try-name">Headers</span>
      </legend>
      <Accept model={model} />
      <div class="try-list" ref={focus.box}>
        {headers.map((header, index) => (
          <Row
            key={index}
            name={header[0] || `header ${index + 1}`}
            index={index}
            list={headers}
            onChange={(next) => {
              extra.list.value = next
            }}
            focus={focus}
            say={(text) => {
              model.request.said.value = text
            }}
          >
            <Header model={model} header={header} index={index} />
          </Row>
        ))}
        <button
          type="button"
          class="try-add"
          data-part="add"
          onClick={() => {
            extra.list.value = [...headers, ['', '']]
            focus.focusRow(headers.length)
          }}
        >
          Add a header
        </button>
      </div>
      <p class="try-error" role="alert">
        {keptOut.value && 'Not pasted: a line break would begin another header.'}
      </p>
    </fieldset>
  )
}

function Accept({ model }: { model: PanelModel }) {
  const id = useId()
  const { accept } = model.form.extra
  const { accepts = [] } = model.operation
  if (accepts.length < 2) return null
  return (
    <div class="try-row try-accept">
      <label class="try-member-name" for={id}>
        Accept
      </label>
      <select
        id={id}
        class="try-input"
        value={accept.value}
        onChange={({ currentTarget }) => {
          accept.value = currentTarget.value
        }}
      >
        <option value="">anything</option>
        {accepts.map((mediaType) => (
          <option key={mediaType}>{mediaType}</option>
        ))}
      </select>
    </div>
  )
}

interface HeaderProps {
  model: PanelModel
  header: readonly [name: string, value: string]
  index: number
}

function Header({ model, header: [name, value], index }: HeaderProps) {
  const id = useId()
  const { list } = model.form.extra
  const refusal = model.request.refusals.value.get(`extra:${index}`)
  const set = (header: readonly [string, string]) => {
    list.value = list.peek().with(index, header)
  }
  const shared = {
    type: 'text',
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: false,
    'aria-invalid': refusal ? true : undefined,
    'aria-describedby': refusal && id,
  } as const
  return (
    <>
      <input
        {...shared}
        class="try-input try-member-name"
        aria-label={`Name of header ${index + 1}`}
        placeholder="Name"
        value={name}
        onInput={({ currentTarget }) => set([currentTarget.value, value])}
      />
      <input
        {...shared}
        class={isSecretHeader(name) ? 'try-input try-masked' : 'try-input'}
        aria-label={`Value of ${name || `header ${index + 1}`}`}
        placeholder="value"
        value={value}
        onInput={({ currentTarget }) => set([name, currentTarget.value])}
      />
      {refusal && (
        <p class="try-error try-row-error" id={id}>
          {refusal}
        </p>
      )}
    </>
  )
}
