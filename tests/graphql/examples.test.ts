import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildSchema, parse, validate } from 'graphql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exampleOf, exampleRequest } from '../../src/graphql/example.ts'
import { readSchema } from '../../src/graphql/read-schema.ts'
import { type RunningSandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { printCurl, textOf } from '../../src/snippets/index.ts'
import { reference as rest } from '../agents/reference.ts'
import { freePorts } from '../free-ports.ts'

const sdl = await readFile('openapi/schema.graphql', 'utf8')
const schema = buildSchema(sdl)
const reference = readSchema({
  file: 'openapi/schema.graphql',
  sdl,
  path: '/graphql',
  operationIds: new Set(rest.operations.map(({ id }) => id)),
})
const fields = reference.roots.flatMap((root) => root.fields)

let folder: string
let sandbox: RunningSandbox
let api: string
let script: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'graphql-examples-'))
  const ports = await freePorts()
  api = `http://localhost:${ports.api}`
  sandbox = await startSandbox({ directory: folder, ports, docsOrigins: [] })
  script = `. ${folder}/demo.env; export STREAMLOOP_API_KEY\n`
})

afterAll(async () => {
  await sandbox?.close()
  await rm(folder, { recursive: true, force: true })
})

test('the schema has as many examples as fields to begin with', () => {
  expect(fields.length).toBe(
    Object.keys(schema.getQueryType()?.getFields() ?? {}).length +
      Object.keys(schema.getMutationType()?.getFields() ?? {}).length,
  )
})

test('every printed curl, pasted into bash, is answered as its field says', async () => {
  const commands = fields.map((field) => {
    const operation = rest.operations.find(({ id }) => id === field.operation)
    const credential = (operation ?? rest.operations[0])?.credentials[0]
    const example = exampleOf(field, reference, rest)
    expect(validate(schema, parse(example.query)), field.name).toEqual([])
    const curl = textOf(printCurl(exampleRequest(example, reference, api), credential))
    expect(curl).toContain('"x-api-key: $STREAMLOOP_API_KEY"')
    return curl
  })
  const boundary = '=== next ==='
  const output = await run(script + commands.join(`\necho; echo '${boundary}'\n`))
  const answers = output.split(boundary)
  expect(answers).toHaveLength(fields.length)
  for (const [index, field] of fields.entries()) {
    const answer = JSON.parse(answers[index] ?? '') as Answer
    const operation = rest.operations.find(({ id }) => id === field.operation)
    const documented = operation?.responses.flatMap(({ problems }) =>
      problems.map((one) => one.code),
    )
    const codes = (answer.errors ?? []).map(({ extensions }) => extensions?.code)
    // What the demo account may not do now is refused with one of the operation's own codes.
    for (const code of codes)
      expect(documented, `${field.name}: ${JSON.stringify(answer)}`).toContain(code)
    if (field.root === 'query') expect(codes, field.name).toEqual([])
    if (codes.length === 0) expect(answer.data?.[field.name], field.name).not.toBeNull()
  }
  const refused = answers.filter((answer) => answer.includes('"errors"'))
  expect(refused.length).toBeLessThan(6)
})

interface Answer {
  data?: Record<string, unknown> | null
  errors?: { extensions?: { code?: string } }[]
}

function run(text: string): Promise<string> {
  const shell = spawn('bash', ['--noprofile', '--norc'], { stdio: ['pipe', 'pipe', 'ignore'] })
  const chunks: Buffer[] = []
  shell.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  shell.stdin.end(text)
  return new Promise((resolve) => {
    shell.on('close', () => resolve(Buffer.concat(chunks).toString('utf8')))
  })
}
