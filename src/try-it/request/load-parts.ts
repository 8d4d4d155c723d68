import type { SchemaView } from '../../model/operation.ts'
import type { PanelOperation } from '../operation.ts'
import type { BodyForm } from './body/body-form.ts'

/** Code that only some operations need. */
export interface FormParts {
  body?: BodyForm
  BodyEditor?: typeof import('./body/BodyEditor.tsx').BodyEditor
}

/** Loads what the form of an operation is made from, beyond the plainest. */
export async function loadParts(operation: PanelOperation): Promise<FormParts> {
  const { requestBody } = operation
  if (!requestBody) return {}
  const [body, secrets] = await Promise.all([
    import('./body/index.ts'),
    requestBody.content.some(({ view }) => holdsSecret(view))
      ? import('./body/secrets.ts')
      : undefined,
  ])
  return {
    body: new body.BodyForm(requestBody, operation, secrets),
    BodyEditor: body.BodyEditor,
  }
}

function holdsSecret(view: SchemaView | undefined): boolean {
  return view?.properties.some(({ schema }) => schema.secret || holdsSecret(schema)) ?? false
}
