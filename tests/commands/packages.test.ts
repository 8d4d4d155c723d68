import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'

interface LockedPackage {
  version?: string
  resolved?: string
  integrity?: string
  link?: boolean
}

const read = async (name: string) => readFile(new URL(`../../${name}`, import.meta.url), 'utf8')

test('T34: every package is one exact version with its checksum, from no place of its own, and runs nothing when installed', async () => {
  const { packages } = JSON.parse(await read('package-lock.json')) as {
    packages: Record<string, LockedPackage>
  }
  const locked = Object.entries(packages).filter(([path, { link }]) => path !== '' && !link)
  expect(locked.length).toBeGreaterThan(500)
  const unsure = locked.filter(
    ([, { version, resolved, integrity }]) =>
      !/^\d+\.\d+\.\d+/.test(version ?? '') ||
      !/^sha512-/.test(integrity ?? '') ||
      (resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/')),
  )
  expect(unsure.map(([path]) => path)).toEqual([])

  const own = JSON.parse(await read('package.json')) as Record<string, Record<string, string>>
  const asked = ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) =>
    Object.entries(own[kind] ?? {}),
  )
  expect(asked.filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))).toEqual([])
  expect(await read('.npmrc')).toMatch(/^ignore-scripts=true$/m)
})
