import type { APIRoute, GetStaticPaths } from 'astro'
import { loadReference } from '../../../../model/load.ts'
import type { Operation } from '../../../../model/operation.ts'
import { describeForPanel } from '../../../../model/panel.ts'
import { exampleValues } from '../../../../request/example-request.ts'
import { formFields } from '../../../../request/form-fields.ts'
import { readSite } from '../../../../site.ts'

export const getStaticPaths = (async () => {
  const { operations } = await loadReference()
  return operations.map((operation) => ({
    params: { tag: operation.tag, operation: operation.slug },
    props: { operation },
  }))
}) satisfies GetStaticPaths

/** What the Try-it panel needs to know about the operation; fetched when it is first opened. */
export const GET: APIRoute<{ operation: Operation }> = ({ props }) =>
  Response.json({
    ...describeForPanel(props.operation, readSite().environments),
    example: exampleValues(props.operation),
    fields: formFields(props.operation.parameters),
  })
