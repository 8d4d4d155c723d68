import type { APIRoute, GetStaticPaths } from 'astro'
import { loadReference } from '../../../../model/load.ts'
import type { Operation } from '../../../../model/operation.ts'
import { describeAnswers } from '../../../../model/panel-answers.ts'

export const getStaticPaths = (async () => {
  const { operations } = await loadReference()
  return operations.map((operation) => ({
    params: { tag: operation.tag, operation: operation.slug },
    props: { operation },
  }))
}) satisfies GetStaticPaths

/** What the panel checks an answer against; fetched once there is one. */
export const GET: APIRoute<{ operation: Operation }> = ({ props }) =>
  Response.json(describeAnswers(props.operation))
