/** Work that comes round: the next round begins only when the last has ended, and a failure is told, not thrown. */
export interface Rounds {
  /** Ends after the round that is under way. */
  stop(): Promise<void>
}

/**
 * @param everyMs from one beginning to the next; after a long round there is still a fifth of it to rest
 * @param work may ask to come round again at once by resolving to `again`
 * @param onFault told of each failure; the next round tries again
 */
export const rounds = (
  everyMs: number,
  work: () => Promise<'again' | void>,
  onFault: (error: unknown) => void,
): Rounds => {
  const state = { stopped: false }
  let timer: NodeJS.Timeout | undefined
  let wake: (() => void) | undefined
  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve
      timer = setTimeout(resolve, ms)
      timer.unref()
    })
  const going = (async () => {
    while (!state.stopped) {
      const began = performance.now()
      const wants = await work().catch((error: unknown) => void onFault(error))
      const rest = Math.max(everyMs / 5, everyMs - (performance.now() - began))
      if (wants !== 'again' && !state.stopped) await pause(rest)
    }
  })()
  return {
    async stop() {
      state.stopped = true
      clearTimeout(timer)
      wake?.()
      await going
    },
  }
}
