import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import type { SearchCase } from './search.ts'

/** Real documents, by a short name: files of the npm packages in `package.json`. */
export const corpus: Readonly<Record<string, string>> = {
  galaxy: '@scalar/galaxy/dist/3.1.yaml',
  figma: '@figma/rest-api-spec/openapi/openapi.yaml',
  rclone: 'rclone-openapi/openapi.yaml',
  shipengine: 'shipengine-openapi/openapi.yaml',
  blockfrost: '@blockfrost/openapi/openapi.yaml',
  dialogporten: '@digdir/dialogporten-schema/swagger.verified.json',
  directus: '@directus/specs/dist/openapi.json',
  postcodes: '@ideal-postcodes/openapi/dist/openapi.json',
  petstore20: '@readme/oas-examples/2.0/json/petstore.json',
  trains: '@readme/oas-examples/3.1/json/train-travel.json',
  webhooks: '@readme/oas-examples/3.1/json/webhooks.json',
  github: '@octokit/openapi/generated/api.github.com.json',
}

/** What a reader types into the search of a document, and the hit that has to come first. */
export const searches: Readonly<Record<string, readonly SearchCase[]>> = {
  github: [
    ['create an issue', 'POST Create an issue'],
    ['POST /repos/{owner}/{repo}/issues', 'POST Create an issue'],
    ['/repos/{owner}/{repo}/issues', 'GET List repository issues'],
    ['issues/create', 'POST Create an issue'],
    ['craete an issue', 'POST Create an issue'],
    ['list repository isues', 'GET List repository issues'],
    ['pull requst', 'Pull Request'],
    ['dependabot alerts', 'GET List Dependabot alerts for a repository'],
    ['full-repository', 'full-repository'],
    ['tarball_url', 'tarball_url'],
    ['per_page', 'per_page'],
    ['webhook-ping', 'webhook-ping'],
    ['validation-error', 'validation-error'],
    ['gists', 'Gists'],
    ['get the authenticated user', 'GET Get the authenticated user'],
  ],
}

/**
 * A folder with npm packages, installed if need be, without their scripts.
 *
 * @param folder Where they go.
 * @param list Folder of the `package.json` that names them.
 * @returns Its `node_modules`.
 */
export function installed(folder: string, list: string): string {
  const modules = path.join(folder, 'node_modules')
  if (!existsSync(modules)) {
    mkdirSync(folder, { recursive: true })
    cpSync(path.join(list, 'package.json'), path.join(folder, 'package.json'))
    const { status } = spawnSync(
      'npm',
      ['install', '--ignore-scripts', '--no-audit', '--no-fund'],
      {
        cwd: folder,
        stdio: 'inherit',
      },
    )
    if (status !== 0) throw new Error(`The packages of ${list} could not be installed.`)
  }
  return modules
}
