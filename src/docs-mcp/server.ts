import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import {
  CallToolRequestSchema,
  type CallToolResult,
  ErrorCode,
  ListToolsRequestSchema,
  McpError,
  type Tool,
} from '@modelcontextprotocol/sdk/types.js'
import type { BuiltDocs, DocPage } from './built-docs.ts'
import { searchPages } from './search-pages.ts'

const mostHits = 50
const usualHits = 8

/**
 * An MCP server that reads the docs aloud: search, one page, one operation. It answers from the
 * built files alone and calls nothing.
 *
 * @param title Name of what is documented.
 * @see https://modelcontextprotocol.io/specification
 */
export function createDocsServer(docs: BuiltDocs, title: string): Server {
  const tools = toolsOf(title)
  const server = new Server(
    { name: `${title.toLowerCase().replace(/\W+/g, '-')}-docs`, version: '1.0.0' },
    {
      capabilities: { tools: {} },
      instructions: `The ${title} developer docs. Search first, then read the page or the operation you need.`,
    },
  )
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools }))
  server.setRequestHandler(CallToolRequestSchema, ({ params: { name, arguments: given = {} } }) => {
    const text = (argument: string): string | undefined => {
      const value = given[argument]
      return typeof value === 'string' && value.trim() !== '' ? value : undefined
    }
    switch (name) {
      case 'search':
        return search(docs, text('query'), given.limit)
      case 'read_page':
        return readPage(docs, text('path'))
      case 'read_operation':
        return readOperation(docs, text('operation'))
      default:
        throw new McpError(ErrorCode.InvalidParams, `There is no tool "${name}".`)
    }
  })
  return server
}

function toolsOf(title: string): Tool[] {
  const annotations = { readOnlyHint: true, openWorldHint: false }
  return [
    {
      name: 'search',
      title: 'Search the docs',
      description: `Finds pages of the ${title} docs by words: guides, operations, errors, GraphQL.`,
      inputSchema: {
        type: 'object',
        properties: {
          query: { type: 'string', description: 'A few words, an error code or a field name.' },
          limit: {
            type: 'integer',
            minimum: 1,
            maximum: mostHits,
            default: usualHits,
            description: 'How many pages to answer.',
          },
        },
        required: ['query'],
      },
      annotations,
    },
    {
      name: 'read_page',
      title: 'Read a page',
      description: 'Answers one page of the docs as Markdown.',
      inputSchema: {
        type: 'object',
        properties: {
          path: {
            type: 'string',
            description:
              'Path as search gives it, such as /guides/quickstart.md, or a full address.',
          },
        },
        required: ['path'],
      },
      annotations,
    },
    {
      name: 'read_operation',
      title: 'Read an operation',
      description:
        'Answers all about one call of the REST API as Markdown: parameters, body, answers, scopes, errors, a curl.',
      inputSchema: {
        type: 'object',
        properties: {
          operation: {
            type: 'string',
            description: 'The operationId, or method and path such as "GET /streams/{id}".',
          },
        },
        required: ['operation'],
      },
      annotations,
    },
  ]
}

function search({ pages }: BuiltDocs, query: string | undefined, limit: unknown): CallToolResult {
  if (query === undefined) return refused('Give "query": a few words to look for.')
  const count =
    typeof limit === 'number' && Number.isInteger(limit)
      ? Math.min(Math.max(limit, 1), mostHits)
      : usualHits
  const hits = searchPages(pages, query, count)
  if (hits.length === 0) return said(`No page of the docs has "${query}".`)
  return said(
    hits.map(({ page, excerpt }) => `- ${page.title} (${page.path})\n  ${excerpt}`).join('\n'),
  )
}

function readPage(docs: BuiltDocs, path: string | undefined): CallToolResult {
  if (path === undefined) return refused('Give "path": the page to read.')
  return pageOr(docs.page(path), `There is no page "${path}". Search finds what there is.`)
}

function readOperation(docs: BuiltDocs, operation: string | undefined): CallToolResult {
  if (operation === undefined) return refused('Give "operation": its operationId.')
  const known = docs.operations.map(({ id }) => id).join(', ')
  return pageOr(
    docs.operation(operation),
    `There is no operation "${operation}". There are: ${known}.`,
  )
}

function pageOr(page: DocPage | undefined, otherwise: string): CallToolResult {
  return page ? said(page.text) : refused(otherwise)
}

function said(text: string): CallToolResult {
  return { content: [{ type: 'text', text }] }
}

function refused(text: string): CallToolResult {
  return { ...said(text), isError: true }
}
