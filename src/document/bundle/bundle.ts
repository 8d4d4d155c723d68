import type { DocumentProblem, DocumentWarning } from '../document-error.ts'
import { isObject, type JsonObject } from '../json-value.ts'
import { child } from '../pointer.ts'
import type { SourceFiles } from '../source.ts'
import { Findings } from './findings.ts'
import { ComponentNames } from './names.ts'
import { Origins } from './origins.ts'
import { Reach } from './reach.ts'
import { Resolver } from './resolver.ts'
import { Walk } from './walk.ts'

export interface Bundle {
  json: JsonObject
  origins: Origins
  warnings: DocumentWarning[]
  /** What is missing from it, where the reading was asked to be lenient. */
  problems: DocumentProblem[]
}

/**
 * Puts a document of many files into one object that refers only to itself. What lies in other
 * files moves to `components`, named after its file or key, once each; path items and media types,
 * which have no home there, are written where they are used. `$dynamicRef`s become references, to
 * variants of a component where what they mean depends on the way in; with them go `$id` and
 * anchors, against which the references of the whole would be read.
 *
 * @param lenient Keeps what would make a page lie as a problem for the page to tell.
 * @throws {DocumentError} A reference that an operation reaches cannot be followed, any reference
 * leads to the network or out of the folder, or a value that an operation reaches is of the wrong
 * type.
 */
export function bundle(files: SourceFiles, lenient: boolean): Bundle {
  const swagger = isObject(files.root.value) && child(files.root.value, 'swagger') !== undefined
  const findings = new Findings(files)
  const reach = new Reach()
  const origins = new Origins()
  const walk = new Walk({
    root: files.root,
    resolver: new Resolver(files, swagger),
    names: new ComponentNames(),
    swagger,
    findings,
    reach,
    origins,
  })
  const json = walk.run()
  for (const source of files.all) {
    if (!source.text.startsWith('\ufeff')) continue
    const spot = { source, steps: [] }
    findings.warn('byte_order_mark', spot, 'The file begins with a byte order mark.')
  }
  const problems = findings.judge(reach, lenient)
  return { json, origins, warnings: findings.warnings(), problems }
}
