/** A sandbox in a process of its own, to be killed. Arguments: directory and ports as JSON. */
import { flushCompileCache } from 'node:module'
import { startSandbox } from '../../src/sandbox/sandbox.ts'
import type { Ports } from '../../src/site.ts'

const [directory = '', ports = '{}'] = process.argv.slice(2)
await startSandbox({
  directory,
  ports: JSON.parse(ports) as Ports,
  docsOrigins: ['http://localhost:4321'],
})
console.log('ready')
// Nothing of it would be kept by a process that is killed.
flushCompileCache()
