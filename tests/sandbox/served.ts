import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type RunningSandbox,
  type SandboxOptions,
  startSandbox,
} from '../../src/sandbox/sandbox.ts'
import { freePorts } from '../free-ports.ts'
import { docs } from './harness.ts'

export interface Served extends RunningSandbox {
  /** The demo account's API key. */
  key: string
  directory: string
  /** Starts again on the same data. */
  restart(): Promise<void>
  /** Resolves when the server's end of the connection from that port has closed. */
  closedBy(remotePort: number): Promise<void>
}

/** The whole sandbox on real sockets and new data, in this process. */
export async function serveSandbox(options: Partial<SandboxOptions> = {}): Promise<Served> {
  process.env.SANDBOX_RATE_LIMIT = '1000000'
  const directory = await mkdtemp(join(tmpdir(), 'streamloop-served-'))
  const ports = await freePorts()
  const start = () => startSandbox({ directory, ports, docsOrigins: [docs], ...options })
  let running = await start()
  const sockets = new Set<Socket>()
  const note = (message: unknown) => {
    const { socket } = message as { socket: Socket }
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  }
  subscribe('net.server.socket', note)
  const env = await readFile(running.demo.keyFile, 'utf8')
  return {
    ...running,
    directory,
    key: /STREAMLOOP_API_KEY=(\S+)/.exec(env)?.[1] ?? '',
    async restart() {
      await running.close()
      running = await start()
    },
    async closedBy(remotePort) {
      const socket = [...sockets].find((one) => one.remotePort === remotePort)
      if (socket) await new Promise((resolve) => socket.once('close', resolve))
    },
    async close() {
      unsubscribe('net.server.socket', note)
      await running.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
