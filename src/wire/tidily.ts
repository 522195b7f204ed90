const every = 8_192

/**
 * The same, and now and then the garbage collector is asked to come: what pg reads lies outside the heap, where V8 lets a
 * hundred megabytes gather before it looks. Only where Node was started with `--expose-gc`, as the command line is; a
 * gateway has transfers that must not wait.
 */
export async function* tidily<T>(items: AsyncIterable<T>): AsyncGenerator<T> {
  let given = 0
  for await (const item of items) {
    yield item
    given += 1
    if (given % every === 0) globalThis.gc?.()
  }
}
