import { connect } from 'node:net'

export interface Load {
  port: number
  /** Path and query. */
  path: string
  headers: Record<string, string>
  connections: number
  /** Milliseconds. */
  duration: number
}

export interface Measured {
  requests: number
  /** Answers other than 200. */
  failed: number
  /** Milliseconds from the first request to the last answer. */
  took: number
  /** Milliseconds of each request, sorted. */
  latencies: number[]
}

/**
 * Sends one request after the other over kept-open connections. Written on sockets, because an HTTP
 * client would use more of the processor than the server that is measured.
 */
export async function load({
  port,
  path,
  headers,
  connections,
  duration,
}: Load): Promise<Measured> {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const request = `GET ${path} HTTP/1.1\r\nHost: localhost:${port}\r\n${lines.join('')}\r\n`
  const latencies: number[] = []
  let failed = 0
  const started = performance.now()
  await Promise.all(Array.from({ length: connections }, connection))
  const took = performance.now() - started
  latencies.sort((a, b) => a - b)
  return { requests: latencies.length, failed, took, latencies }

  function connection(): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true })
      let answer = ''
      let sentAt = 0
      const send = () => {
        sentAt = performance.now()
        socket.write(request)
      }
      socket.setEncoding('latin1')
      socket.on('error', reject)
      socket.on('connect', send)
      socket.on('close', () => resolve())
      socket.on('data', (chunk: string) => {
        answer += chunk
        const head = answer.indexOf('\r\n\r\n')
        if (head < 0) return
        const length = Number(/\r\ncontent-length: (\d+)/i.exec(answer.slice(0, head))?.[1])
        if (!(answer.length >= head + 4 + length)) return
        latencies.push(performance.now() - sentAt)
        if (!answer.startsWith('HTTP/1.1 200')) failed += 1
        answer = ''
        if (performance.now() - started < duration) send()
        else socket.end()
      })
    })
  }
}

/** @param share From 0 to 1. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
