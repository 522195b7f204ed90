const best = (run: (length: number) => unknown, length: number): number =>
  Math.min(
    ...[1, 2, 3].map(() => {
      const begun = process.threadCpuUsage()
      run(length)
      const { user, system } = process.threadCpuUsage(begun)
      return (user + system) / 1_000
    }),
  )

/**
 * How much longer a text of four times the length takes: 4 if linear, 16 if quadratic. Counted is the processor time
 * of this thread; a busy machine only makes single measurements longer, so the smallest of several counts.
 */
export const growth = (run: (length: number) => unknown, length = 1 << 15): number => {
  let smallest = Infinity
  for (let i = 0; i < 8 && smallest > 6; i++)
    // Below a few milliseconds it is the clock that is measured.
    smallest = Math.min(smallest, best(run, 4 * length) / Math.max(best(run, length), 1))
  return smallest
}
