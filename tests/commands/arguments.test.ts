import { describe, expect, test } from 'vitest'
import { entry, node, RunningCommand } from './run-command.ts'

const commands = ['start', 'dev', 'build', 'preview', 'sandbox', 'check', 'test']

describe.each(commands)('npm run %s', (name) => {
  test('--help says how to use it, and does nothing else', async () => {
    const command = new RunningCommand(node, [entry, name, '--help'])
    expect(await command.ended()).toBe(0)
    expect(command.stdout).toContain(
      `npm ${name === 'start' || name === 'test' ? '' : 'run '}${name}`,
    )
    expect(command.stderr).toBe('')
  })

  test('an option it does not know is one line and exit code 2', async () => {
    const command = new RunningCommand(node, [entry, name, '--colour'])
    expect(await command.ended()).toBe(2)
    expect(command.stderr.trim().split('\n')).toHaveLength(1)
    expect(command.stderr).toContain('--colour')
  })
})

test('a command that does not exist is answered with those that do', async () => {
  const command = new RunningCommand(node, [entry, 'strat'])
  expect(await command.ended()).toBe(2)
  expect(command.stderr).toContain('"strat"')
  for (const name of commands) expect(command.stderr).toContain(name)
})

test.each([
  'localhost:5173',
  'http://localhost:5173/app',
  '*',
  'null',
  'file:///app',
  'http://u:p@localhost:5173',
])('an app at "%s" is refused, for it is no origin', async (value) => {
  const command = new RunningCommand(node, [entry, 'start', '--app', value])
  expect(await command.ended()).toBe(2)
  expect(command.stderr.trim()).toBe(
    `--app takes an origin such as http://localhost:5173, not "${value}".`,
  )
})

test('a setting that cannot be used is one line that names it', async () => {
  const command = new RunningCommand(node, [entry, 'start'], { API_PORT: '70000' })
  expect(await command.ended()).toBe(1)
  expect(command.stderr.trim()).toBe(
    'API_PORT is "70000"; a port is a whole number from 1 to 65535.',
  )
})
