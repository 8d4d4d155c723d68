/**
 * Asks this process to stop: Ctrl-C, `SIGTERM`, a closed terminal, or the end of the process that
 * started it. A second request, later than an instant after the first, ends the process at once.
 *
 * @returns Aborted at the first request. Call it once, before anything is started.
 */
export function stopSignal(): AbortSignal {
  const controller = new AbortController()
  let askedAt = 0
  const stop = (exitCode: number): void => {
    const now = Date.now()
    if (askedAt === 0) {
      askedAt = now
      controller.abort()
      // npm hands on the Ctrl-C that the terminal has sent already: the same request twice.
    } else if (now - askedAt > 700) {
      process.exit(exitCode)
    }
  }
  process.on('SIGINT', () => stop(130))
  process.on('SIGTERM', () => stop(143))
  process.on('SIGHUP', () => stop(129))
  process.once('disconnect', () => stop(0))
  watchParent(() => stop(0))
  return controller.signal
}

/**
 * npm runs a command in a shell, and some shells die of a signal without handing it on. The sign
 * of it is another parent.
 */
function watchParent(gone: () => void): void {
  if (process.env.npm_lifecycle_event === undefined) return
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    gone()
  }, 1_000)
  timer.unref()
}

/** Resolves when the signal is aborted; keeps the process alive until then. */
export function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const alive = setInterval(() => {}, 0x7fffffff)
    signal.addEventListener(
      'abort',
      () => {
        clearInterval(alive)
        resolve()
      },
      { once: true },
    )
  })
}
