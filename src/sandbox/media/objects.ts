import { randomBytes } from 'node:crypto'
import { type FileHandle, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { standInPrefix } from './stand-ins.ts'

/** More bytes came than may be kept. */
export class TooManyBytesError extends Error {
  override readonly name = 'TooManyBytesError'
  readonly code = 'too_many_bytes'
}

/** The bytes of uploads, one file each, below one directory. */
export class ObjectStore {
  readonly directory: string

  private constructor(directory: string) {
    this.directory = directory
  }

  static async open(directory: string): Promise<ObjectStore> {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    return new ObjectStore(directory)
  }

  /**
   * Keeps the bytes as they come; after a power cut they are all there, or the file is not.
   *
   * @param most Bytes that may come.
   * @returns Name of the new file, and how many bytes it holds.
   * @throws {TooManyBytesError}
   */
  async keep(
    id: string,
    bytes: AsyncIterable<Uint8Array>,
    most: number,
  ): Promise<{ name: string; size: number }> {
    const name = `${id}-${randomBytes(6).toString('hex')}`
    const unfinished = this.fileOf(`${name}.part`)
    const handle = await open(unfinished, 'wx', 0o600)
    try {
      const size = await copy(bytes, handle, most)
      await handle.sync()
      await handle.close()
      await rename(unfinished, this.fileOf(name))
      return { name, size }
    } catch (error) {
      await handle.close().catch(() => {})
      await rm(unfinished, { force: true })
      throw error
    }
  }

  fileOf(name: string): string {
    return join(this.directory, name)
  }

  async remove(name: string): Promise<void> {
    await rm(this.fileOf(name), { force: true })
  }

  /**
   * Removes what nothing needs any more, without anybody waiting for it.
   *
   * @param names As rows have them: the stand-ins among them are not here and stay.
   */
  discard(names: readonly string[], onFailure: (error: unknown) => void): void {
    for (const name of names) {
      if (!name.startsWith(standInPrefix)) this.remove(name).catch(onFailure)
    }
  }

  /** Removes what a stop in the middle has left behind. */
  async sweep(needed: ReadonlySet<string>): Promise<void> {
    for (const name of await readdir(this.directory)) {
      if (!needed.has(name)) await this.remove(name)
    }
  }
}

async function copy(
  bytes: AsyncIterable<Uint8Array>,
  handle: FileHandle,
  most: number,
): Promise<number> {
  let size = 0
  for await (const chunk of bytes) {
    size += chunk.byteLength
    if (size > most) throw new TooManyBytesError(`More than ${most} bytes.`)
    await handle.writeFile(chunk)
  }
  return size
}
