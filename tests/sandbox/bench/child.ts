/** A sandbox in a process of its own that tells the processor time it used. */
import { startSandbox } from '../../../src/sandbox/sandbox.ts'
import type { Ports } from '../../../src/site.ts'

const [directory = '', ports = '{}'] = process.argv.slice(2)
const { close } = await startSandbox({
  directory,
  ports: JSON.parse(ports) as Ports,
  docsOrigins: ['http://localhost:4321'],
})
process.on('message', () => process.send?.(process.cpuUsage()))
process.on('SIGTERM', () => void close().then(() => process.exit(0)))
process.send?.('ready')
