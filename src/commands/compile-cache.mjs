import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

// Beside the packages, where nobody else can write: Node's own choice is a folder that all users of
// a machine share. Where it cannot be made, everything works as well, and starts more slowly.
enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/compile', import.meta.url)))
