/** So many at once, the others wait in turn, but not for ever. */
export interface Places {
  /** @returns what to call when done; undefined if no place came free in `patience` milliseconds */
  take(patience: number): Promise<(() => void) | undefined>
}

export const openPlaces = (most: number): Places => {
  const waiting = new Set<() => void>()
  let taken = 0
  const leave = (): (() => void) => {
    let left = false
    return () => {
      if (left) return
      left = true
      const next = waiting.values().next()
      if (next.done === true) taken--
      else next.value()
    }
  }
  return {
    take(patience) {
      if (taken < most) {
        taken++
        return Promise.resolve(leave())
      }
      return new Promise((resolve) => {
        const go = (): void => {
          clearTimeout(timer)
          waiting.delete(go)
          resolve(leave())
        }
        const timer = setTimeout(() => {
          waiting.delete(go)
          resolve(undefined)
        }, patience)
        waiting.add(go)
      })
    },
  }
}
