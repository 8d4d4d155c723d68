import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js'
import {
  CallToolRequestSchema,
  ErrorCode,
  ListToolsRequestSchema,
  McpError,
} from '@modelcontextprotocol/sdk/types.js'
import type { callTool } from './call-tool.ts'
import { nearestName } from './nearest.ts'
import type { Tool } from './tools.ts'

const instructions = `Tools for the Streamloop account of the person who signed in. A stream needs \
a video upload in its playlist and a destination before it can start; \
streamloop_check_stream_readiness says what is missing. Playlist changes reach a live stream with \
streamloop_publish_playlist. This is a sandbox: nothing is broadcast and no money moves.`

/** What one request is answered with. */
export interface Service {
  version: string
  tools: ReadonlyMap<string, Tool>
  call(tool: Tool, values: Readonly<Record<string, unknown>>): ReturnType<typeof callTool>
}

/** Answers one message of the protocol, read from its request already, with one JSON document. */
export async function answerMessage(
  request: Request,
  message: unknown,
  service: Service,
): Promise<Response> {
  const server = serverFor(service)
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true })
  try {
    await server.connect(transport)
    return await transport.handleRequest(request, { parsedBody: message })
  } finally {
    await server.close()
  }
}

function serverFor({ version, tools, call }: Service): Server {
  const server = new Server(
    { name: 'streamloop', title: 'Streamloop (sandbox)', version },
    { capabilities: { tools: {} }, instructions },
  )
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: [...tools.values()].map(({ listed }) => listed),
  }))
  server.setRequestHandler(CallToolRequestSchema, ({ params }) =>
    call(tools.get(params.name) ?? unknownTool(params.name, tools), params.arguments ?? {}),
  )
  return server
}

function unknownTool(name: string, tools: ReadonlyMap<string, Tool>): never {
  const nearest = nearestName(name, [...tools.keys()])
  throw new McpError(
    ErrorCode.InvalidParams,
    `There is no such tool.${nearest ? ` Did you mean ${nearest}?` : ''}`,
  )
}
