import { child, isObject, type JsonObject } from '../document/index.ts'
import { firstSentence } from '../markdown/first-sentence.ts'
import type { Operation, SchemaView } from '../model/operation.ts'
import { type Fact, type FactAttributes, FactError, type FactSource } from './fact.ts'
import { chosen, listed, needed, operationNamed, problemNamed, schemaNamed } from './look-up.ts'
import { dollars, grouped, readRateCard } from './rate-card.ts'
import { readStateMachine, type Transition } from './state-machine.ts'

/**
 * `codes="A B"`: these errors. `of="operationId"`: what the operation may answer besides what nearly
 * every one may. Neither: all errors.
 */
export function errorTable(attributes: FactAttributes, { reference }: FactSource): Fact {
  const of = attributes.get('of')
  const codes = of
    ? operationNamed(reference, of).responses.flatMap(({ problems }) =>
        problems.map(({ code }) => code),
      )
    : (listed(attributes, 'codes') ?? reference.problems.map(({ code }) => code))
  const usual = of ? usualCodes(reference.operations) : new Set<string>()
  const rows = [...new Set(codes)]
    .filter((code) => !usual.has(code))
    .map((code) => problemNamed(reference, code))
    .map(({ status, href, code, meaning, remedy }) => [
      String(status),
      `[\`${code}\`](${href})`,
      meaning,
      remedy,
    ])
  return table(['Status', 'Code', 'Meaning', 'What to do'], rows)
}

/** What nine in ten operations may answer says nothing about one of them. */
function usualCodes(operations: readonly Operation[]): Set<string> {
  const counts = new Map<string, number>()
  for (const { responses } of operations) {
    const codes = new Set(responses.flatMap(({ problems }) => problems.map(({ code }) => code)))
    for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1)
  }
  const most = [...counts].filter(([, count]) => count >= operations.length * 0.9)
  return new Set(most.map(([code]) => code))
}

/** `of="operationId"`, and `names="limit cursor"` for some of them: the parameters of a call. */
export function parameterTable(attributes: FactAttributes, { reference }: FactSource): Fact {
  const operation = operationNamed(reference, needed(attributes, 'of'))
  const parameters = chosen('parameter', operation.parameters, listed(attributes, 'names'))
  return table(
    ['Parameter', 'In', 'Type', 'Meaning'],
    parameters.map(({ name, in: place, required, view, description }) => [
      named(name, required),
      place,
      typeOf(view),
      lineOf(description || view.description),
    ]),
  )
}

/**
 * `of="operationId"`, and `names="name rtmpUrl"` for some of them: the fields of its JSON body; with
 * `status="200"` those of an answer instead.
 */
export function fieldTable(attributes: FactAttributes, { reference }: FactSource): Fact {
  const operation = operationNamed(reference, needed(attributes, 'of'))
  const status = attributes.get('status')
  const holder = status
    ? operation.responses.find((response) => response.status === status)
    : operation.requestBody
  const view = holder?.content[0]?.view
  if (!view) throw new FactError(status ? 'answer' : 'body', `${operation.id} ${status ?? ''}`, [])
  const properties = innermost(view).properties.filter(({ schema }) => !schema.internal)
  const fields = chosen('field', properties, listed(attributes, 'names'))
  return table(
    ['Field', 'Type', 'Meaning'],
    fields.map(({ name, required, schema }) => [
      named(name, required && status === undefined),
      typeOf(schema),
      lineOf(schema.description || innermost(schema).description),
    ]),
  )
}

/** An answer that is a list shows what is in it. */
function innermost(view: SchemaView): SchemaView {
  if (view.properties.length > 0) return view
  const options = (view.alternatives ?? []).flatMap((group) => group.options)
  const inside = view.items ?? options.find(({ schema }) => schema.type !== 'null')?.schema
  return inside ? innermost(inside) : view
}

/**
 * `schema="StreamState"`: its values and what each means. Where they stand at one place alone,
 * `of="getUsage" parameter="period"`, or `field="publishStatus"` of its answer.
 */
export function valueTable(attributes: FactAttributes, source: FactSource): Fact {
  const { document, reference } = source
  if (attributes.has('of')) {
    const operation = operationNamed(reference, needed(attributes, 'of'))
    const view = viewIn(operation, attributes)
    return table(
      ['Value', 'Meaning'],
      (view.enum ?? []).map(({ value, description }) => [`\`${value}\``, description]),
    )
  }
  const schema = schemaNamed(document, needed(attributes, 'schema'))
  const meanings = schema['x-enum-descriptions']
  const values = Array.isArray(schema.enum) ? schema.enum.map(String) : []
  return table(
    ['Value', 'Meaning'],
    values.map((value) => [`\`${value}\``, String(child(meanings, value) ?? '')]),
  )
}

function viewIn(operation: Operation, attributes: FactAttributes): SchemaView {
  const field = attributes.get('field')
  if (field === undefined) {
    const [parameter] = chosen('parameter', operation.parameters, [needed(attributes, 'parameter')])
    if (parameter) return parameter.view
  }
  const answer = operation.responses[0]?.content[0]?.view
  const properties = answer ? innermost(answer).properties : []
  const [property] = chosen('field', properties, [field ?? ''])
  if (!property) throw new FactError('field', field ?? '', [])
  return property.schema
}

/** Tools of the MCP server, from `x-mcp-tool`; `tag="streams"` for those of one tag. */
export function toolTable(attributes: FactAttributes, { document, reference }: FactSource): Fact {
  const tag = attributes.get('tag')
  const known = reference.tags.map(({ name }) => name)
  if (tag !== undefined && !known.includes(tag)) throw new FactError('tag', tag, known)
  const rows = reference.operations
    .filter((operation) => tag === undefined || operation.tag === tag)
    .flatMap((operation) => {
      const mark = rawOperation(document.json, operation)['x-mcp-tool']
      if (!isObject(mark)) return []
      const asks = mark.confirm === true ? ` Needs \`confirm: true\`.` : ''
      return [
        [
          `\`${String(mark.name)}\``,
          `[${operation.summary}](${operation.href}).${asks}`,
          argumentsOf(operation),
          scopesOf(operation),
        ],
      ]
    })
  return table(['Tool', 'Does the same as', 'Arguments', 'Scope'], rows)
}

function rawOperation(json: JsonObject, { path, method }: Operation): JsonObject {
  const raw = child(child(json.paths, path), method.toLowerCase())
  return isObject(raw) ? raw : {}
}

/** Parameters and fields beside each other, as the server takes them. */
function argumentsOf({ parameters, requestBody }: Operation): string {
  const body = requestBody?.content[0]?.view
  const names = [
    ...parameters.filter((one) => one.in !== 'header').map(({ name }) => name),
    ...(body ? innermost(body).properties : [])
      .filter(({ schema }) => !schema.internal)
      .map(({ name }) => name),
  ]
  const shown = names.slice(0, 6).map((name) => `\`${name}\``)
  const more = names.length - shown.length
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ')
}

function scopesOf({ security }: Operation): string {
  const alternatives = security
    .map((schemes) => schemes.flatMap(({ scopes }) => scopes.map(({ name }) => `\`${name}\``)))
    .filter((names) => names.length > 0)
  return alternatives.map((names) => names.join(' and ')).join(' or ')
}

/** `schema="StreamState"`: every transition of a state machine, one a line. */
export function stateTable(attributes: FactAttributes, source: FactSource): Fact {
  const { transitions } = readStateMachine(source.document, needed(attributes, 'schema'))
  return table(
    ['From', 'When', 'To'],
    transitions.map((transition) => [
      transition.from.map((state) => `\`${state}\``).join(', '),
      causeOf(transition, source),
      `\`${transition.to}\``,
    ]),
  )
}

function causeOf({ operation, event = '', when }: Transition, { reference }: FactSource): string {
  const found = operation && operationNamed(reference, operation)
  const cause = found ? `[${found.summary}](${found.href})` : event
  return when ? `${cause}, ${when}` : cause
}

/** `tag="billing"`: the rate card, as credits a minute with the price of an hour below. */
export function rateTable(attributes: FactAttributes, { document }: FactSource): Fact {
  const card = readRateCard(document, needed(attributes, 'tag'))
  return table(
    [`${card.row} \\ ${card.column}`, ...card.columns.map((name) => `\`${name}\``)],
    card.rows.map((row) => [
      `\`${row}\``,
      ...card.columns.map((column) => grouped(card.rates.get(row)?.get(column) ?? 0)),
    ]),
  )
}

/** `tag="billing"`: what 30 days, day and night, cost by its rate card. */
export function monthTable(attributes: FactAttributes, { document }: FactSource): Fact {
  const card = readRateCard(document, needed(attributes, 'tag'))
  const minutes = 30 * 24 * 60
  return table(
    [`${card.row} \\ ${card.column}`, ...card.columns.map((name) => `\`${name}\``)],
    card.rows.map((row) => [
      `\`${row}\``,
      ...card.columns.map((column) =>
        dollars((card.rates.get(row)?.get(column) ?? 0) * minutes, card),
      ),
    ]),
  )
}

/** `of="operationId"`: an example of its request body, or of `status="200"`; `name` picks one. */
export function example(attributes: FactAttributes, { reference }: FactSource): Fact {
  const operation = operationNamed(reference, needed(attributes, 'of'))
  const status = attributes.get('status')
  const contents = status
    ? operation.responses
        .filter((response) => response.status === status)
        .flatMap(({ content }) => content)
    : (operation.requestBody?.content ?? [])
  const examples = contents.flatMap((content) => content.examples)
  const name = attributes.get('name')
  const [found] = name === undefined ? examples : chosen('example', examples, [name])
  if (!found) throw new FactError('example of', `${operation.id} ${status ?? 'body'}`, [])
  return { kind: 'code', language: 'json', text: found.text }
}

/** Every scope, what it allows and the calls that need it. */
export function scopeTable(_: FactAttributes, { reference }: FactSource): Fact {
  const rows = reference.scopes.map(({ name, description, dangerous }) => {
    const calls = reference.operations.filter(({ security }) =>
      security.flat().some(({ scopes }) => scopes.some((scope) => scope.name === name)),
    )
    return [
      `\`${name}\`${dangerous ? ' **deletes or spends**' : ''}`,
      description,
      calls.map(({ summary, href }) => `[${summary}](${href})`).join(', '),
    ]
  })
  return table(['Scope', 'Allows', 'Calls'], rows)
}

/** `id="operationId"`: a link to its page. */
export function endpoint(attributes: FactAttributes, { reference }: FactSource): Fact {
  const { summary, href } = operationNamed(reference, needed(attributes, 'id'))
  return { kind: 'link', text: summary, href }
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): Fact {
  return { kind: 'table', head, rows }
}

function named(name: string, required: boolean): string {
  return required ? `\`${name}\` (required)` : `\`${name}\``
}

function typeOf({ type, format, facts, default: standard }: SchemaView): string {
  const words = [format ? `${type}, ${format}` : type, ...facts]
  if (standard !== undefined) words.push(`default \`${standard}\``)
  return words.join(', ')
}

function lineOf(description: string): string {
  return firstSentence(description) || description.replace(/\s+/g, ' ').trim()
}
