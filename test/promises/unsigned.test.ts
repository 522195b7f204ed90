import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { openWhole } from './gateway.ts'

const whole = await openWhole()

const until = async (said: () => Promise<boolean>): Promise<boolean> => {
  for (const end = Date.now() + 60_000; Date.now() < end; await sleep(50)) if (await said()) return true
  return false
}
const state = async (): Promise<string> => (await whole.look<{ state: string }>('/readyz')).state

test('an anchor that cannot be read closes the gate, says so, and opens it when it is back', async () => {
  const anchor = join(whole.home, 'anchor')
  expect(await until(async () => existsSync(anchor))).toBe(true)
  const before = readFileSync(anchor)
  // again and again, for a head that is being signed just now is moved to where it was torn
  const torn = await until(async () => {
    writeFileSync(anchor, 'torn')
    const arrived = whole.provider.got.length
    const { status, code } = await whole.send('/tana/x', { body: '{"note":"x"}' })
    expect([200, 503]).toContain(status)
    if (status === 200) return false
    expect([code, whole.provider.got.length]).toEqual(['LOG_UNAVAILABLE', arrived])
    return (await state()) === 'refusing'
  })
  expect(torn).toBe(true)
  writeFileSync(anchor, before)
  expect(await until(async () => (await state()) === 'ready')).toBe(true)
})
