/** The part of `--help` that several commands share. */
export const portsHelp = `Environment variables
  DOCS_PORT, AUTH_PORT, API_PORT, MCP_PORT
                  ports of the docs, the authorization server, the API and MCP
                  (4321 to 4324)
  SANDBOX_DIR     folder of the sandbox's data (.sandbox)`
