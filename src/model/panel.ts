import type { Environment } from '../site.ts'
import type {
  Example,
  MediaTypeDescription,
  Operation,
  Parameter,
  SchemaView,
} from './operation.ts'

/** What the Try-it panel needs of an operation: no answers, no long descriptions. */
export interface PanelOperation
  extends Pick<
    Operation,
    | 'id'
    | 'method'
    | 'path'
    | 'server'
    | 'summary'
    | 'parameters'
    | 'requestBody'
    | 'security'
    | 'credentials'
    | 'confirm'
  > {
  environments: readonly Environment[]
  /** Media types that its answers may have, those of failures aside. */
  accepts?: readonly string[]
}

/** Trims an operation to what its form, its request and its checks are made from. */
export function describeForPanel(
  operation: Operation,
  environments: readonly Environment[],
): PanelOperation {
  const { id, method, path, server, summary, security, credentials, confirm, requestBody } =
    operation
  const accepts = [
    ...new Set(
      operation.responses
        .filter(({ status }) => /^[2d]/.test(status))
        .flatMap(({ content }) => content.map(({ mediaType }) => mediaType)),
    ),
  ]
  return {
    id,
    method,
    path,
    server,
    summary,
    parameters: operation.parameters.map(trimParameter),
    ...(requestBody && {
      requestBody: { ...requestBody, content: requestBody.content.map(trimMediaType) },
    }),
    security,
    credentials,
    ...(confirm !== undefined && { confirm }),
    environments,
    ...(accepts.length > 1 && { accepts }),
  }
}

function trimParameter(parameter: Parameter): Parameter {
  return {
    ...parameter,
    view: trimView(parameter.view),
    examples: parameter.examples.map(trimExample),
  }
}

function trimMediaType(media: MediaTypeDescription): MediaTypeDescription {
  return {
    ...media,
    ...(media.view && { view: trimView(media.view) }),
    examples: media.examples.map(trimExample),
    ...(media.encoding && { encoding: trimEncoding(media.encoding) }),
  }
}

function trimEncoding(encoding: NonNullable<MediaTypeDescription['encoding']>) {
  return Object.fromEntries(
    Object.entries(encoding).map(([name, { headers: _, ...part }]) => [name, part]),
  )
}

function trimExample({ anchor: _, ...example }: Example): Example {
  return example
}

/** Keeps what a field is made from; the words stand on the page around the panel. */
function trimView({ parts: _, origins: __, heirs: ___, ...view }: SchemaView): SchemaView {
  return {
    ...view,
    description: '',
    examples: [],
    properties: view.properties.map((property) => ({
      ...property,
      schema: trimView(property.schema),
    })),
    ...(view.enum && { enum: view.enum.map(({ value }) => ({ value, description: '' })) }),
    ...(view.items && { items: trimView(view.items) }),
    ...(view.additionalProperties && {
      additionalProperties: trimView(view.additionalProperties),
    }),
    ...(view.alternatives && {
      alternatives: view.alternatives.map((group) => ({
        ...group,
        options: group.options.map((option) => ({ ...option, schema: trimView(option.schema) })),
      })),
    }),
  }
}
