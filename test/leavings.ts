/** What a file of tests opens it closes: the next one of its worker would meet what is left, and nobody would know why. */
import { afterAll } from 'vitest'
const before = process.getActiveResourcesInfo()
afterAll(() => {
  console.log('LEFT', JSON.stringify(before), JSON.stringify(process.getActiveResourcesInfo()))
})
