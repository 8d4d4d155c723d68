/** The guides in reading order, as the sidebar groups them. */
export const guideGroups: readonly { label: string; guides: readonly string[] }[] = [
  {
    label: 'Get started',
    guides: ['introduction', 'quickstart', 'quickstart-in-the-browser', 'authentication'],
  },
  {
    label: 'Sign people in',
    guides: ['sign-in-from-a-browser-app', 'register-a-client', 'verify-an-access-token'],
  },
  {
    label: 'Call the API',
    guides: ['conventions', 'pagination', 'retry-safely', 'errors'],
  },
  {
    label: 'Run a channel',
    guides: [
      'streams-and-states',
      'playlists',
      'uploads',
      'destinations',
      'schedules',
      'billing-and-credits',
    ],
  },
  {
    label: 'GraphQL and MCP',
    guides: ['graphql', 'connect-mcp', 'mcp-tools'],
  },
  {
    label: 'Sandbox',
    guides: ['run-the-sandbox', 'break-things-on-purpose'],
  },
  {
    label: 'More',
    guides: ['editions'],
  },
]
