import { readFileSync } from 'node:fs'
import type { APIRoute, GetStaticPaths } from 'astro'
import { scalarFiles } from '../../explorer/scalar-file.ts'

export const getStaticPaths = (() =>
  scalarFiles().map(({ path, file }) => ({
    params: { scalar: path },
    props: { file },
  }))) satisfies GetStaticPaths

/** A file of the explorer's library. */
export const GET: APIRoute<{ file: string }> = ({ props: { file } }) =>
  // They name maps that are not here.
  new Response(readFileSync(file, 'utf8').replace(/\n\/\/# sourceMappingURL=.*$/, ''), {
    headers: { 'Content-Type': 'text/javascript; charset=utf-8' },
  })
