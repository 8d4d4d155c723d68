import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import type { BodyForm } from '../body-form.ts'

interface Props {
  body: BodyForm
  /** Name of the part; empty for the whole body. */
  name: string
  label: string
  isRequired: boolean
  isMultiple: boolean
}

/** Takes files by picker, or dropped on it. Their bytes are read when the request is sent. */
export function FilePicker({ body, name, label, isRequired, isMultiple }: Props) {
  const id = useId()
  const isOver = useSignal(false)
  const files = body.files.value[name] ?? []
  const take = (list: FileList | null | undefined) => {
    const taken = [...(list ?? [])].map((file) => ({
      name: file.name,
      type: file.type,
      blob: file,
    }))
    if (taken.length === 0) return
    body.useFiles(name, isMultiple ? [...files, ...taken] : taken.slice(0, 1))
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a short cut; the picker inside does the same
    <div
      class={isOver.value ? 'try-file try-file-over' : 'try-file'}
      onDragOver={(event) => {
        event.preventDefault()
        isOver.value = true
      }}
      onDragLeave={() => {
        isOver.value = false
      }}
      onDrop={(event) => {
        event.preventDefault()
        isOver.value = false
        take(event.dataTransfer?.files)
      }}
    >
      <label class="try-label" for={id}>
        <span class="try-name">{label}</span>
        {isRequired && <span class="try-required">required</span>}
        <span class="try-soft">{isMultiple ? 'files' : 'file'}</span>
      </label>
      <input
        id={id}
        type="file"
        multiple={isMultiple}
        onChange={({ currentTarget }) => {
          take(currentTarget.files)
          // What is shown is the list below; the same file can be picked again.
          currentTarget.value = ''
        }}
      />
      <p class="try-hint">Or drop {isMultiple ? 'files' : 'a file'} here.</p>
      {body.filesLeftOut.value.includes(name) && (
        <p class="try-error" role="status">
          What was chosen here is not kept: choose it again.
        </p>
      )}
      <ul class="try-files" aria-live="polite">
        {files.map((file, index) => (
          <li key={`${file.name}${index}`}>
            <span>
              {file.name} <span class="try-soft">{sizeOf(file.blob)}</span>
            </span>
            <button
              type="button"
              class="try-icon"
              aria-label={`Remove ${file.name}`}
              onClick={() => body.useFiles(name, files.toSpliced(index, 1))}
            >
              <span aria-hidden="true">×</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

function sizeOf(blob: Blob | undefined): string {
  const size = blob?.size ?? 0
  if (size < 1000) return `${size} B`
  return size < 1_000_000 ? `${(size / 1000).toFixed(1)} kB` : `${(size / 1_000_000).toFixed(1)} MB`
}
