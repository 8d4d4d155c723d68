/** Chat programs that take a first question in their address, and read pages of the open web. */
export function assistants(page: string): { name: string; href: string }[] {
  const question = `Read ${page} and answer my questions about it.`
  return [
    { name: 'ChatGPT', href: `https://chatgpt.com/?${new URLSearchParams({ q: question })}` },
    { name: 'Claude', href: `https://claude.ai/new?${new URLSearchParams({ q: question })}` },
  ]
}

/** False for a site on this machine, which nobody else can read. */
export function isReachable(site: string): boolean {
  const { hostname } = new URL(site)
  return !/^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)
}
