import type { RemoteAnswer } from '../../oauth/vault/client.ts'
import { SendFailure } from '../../oauth/vault/send-failure.ts'

/** Bytes after which reading stops until the reader wants more. */
export const stopAfter = 64 * 1024 * 1024
/** Bytes that are put together into one blob, which the browser keeps outside the page's memory. */
const blobStep = 1024 * 1024

/** How far an answer has been read. */
export interface Received {
  bytes: number
  done: boolean
  /** Reading stopped at `stopAfter`, `continueReading` goes on. */
  paused: boolean
  /** Why it ended early. */
  failure?: SendFailure
}

/**
 * Reads an answer piece by piece. The next piece is asked for only when the last one is stored, so
 * that an endless answer fills no memory beyond `stopAfter`.
 */
export class AnswerReader {
  private readonly answer: RemoteAnswer
  /** A stream is looked at as it passes; nothing of it is stored, and nothing stops it. */
  private readonly isStream: boolean
  private readonly limitStep: number
  private limit: number
  private bytes = 0
  private pieces: Uint8Array<ArrayBuffer>[] = []
  private pieceBytes = 0
  private stored = new Blob()

  constructor(answer: RemoteAnswer, isStream = false, limit = stopAfter) {
    this.answer = answer
    this.isStream = isStream
    this.limit = limit
    this.limitStep = limit
  }

  /** @param onPiece Called with each piece. */
  async read(onPiece: (received: Received, piece: Uint8Array) => void): Promise<Received> {
    try {
      while (this.isStream || this.bytes < this.limit) {
        const piece = await this.answer.read()
        if (piece === undefined) return { bytes: this.bytes, done: true, paused: false }
        this.bytes += piece.byteLength
        if (!this.isStream) this.store(piece)
        onPiece({ bytes: this.bytes, done: false, paused: false }, piece)
      }
      this.limit += this.limitStep
      return { bytes: this.bytes, done: false, paused: true }
    } catch (cause) {
      const failure =
        cause instanceof SendFailure
          ? cause
          : new SendFailure('broken_off', 'The answer broke off before its end.', { cause })
      return { bytes: this.bytes, done: false, paused: false, failure }
    }
  }

  blob(type: string): Blob {
    return new Blob([this.stored, ...this.pieces], { type })
  }

  private store(piece: Uint8Array<ArrayBuffer>): void {
    this.pieces.push(piece)
    this.pieceBytes += piece.byteLength
    if (this.pieceBytes < blobStep) return
    this.stored = new Blob([this.stored, ...this.pieces])
    this.pieces = []
    this.pieceBytes = 0
  }
}
