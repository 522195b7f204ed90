import { afterAll, onTestFinished } from 'vitest'

/** At the end of the test that asks, or else of its file: inside a test afterAll registers nothing, and says nothing. */
export const afterwards = (work: () => void | Promise<void>): void => {
  try {
    onTestFinished(work)
  } catch {
    afterAll(work)
  }
}
