/** Work in threads: whatever one does, only its own piece is lost. */
import { afterEach, describe, expect, test } from 'vitest'
import { type Threads, openThreads } from '../../src/judge/threads.ts'
import type { Jobs } from './thread-fixture.ts'

const opened: Threads<Jobs>[] = []
afterEach(async () => {
  for (const one of opened.splice(0)) await one.stop()
})
const open = (more: { threads?: number; ms?: number; memoryMb?: number; queue?: number } = {}) => {
  const threads = openThreads<Jobs>({
    script: new URL('./thread-fixture.ts', import.meta.url),
    ...{ threads: 1, ms: 60_000, memoryMb: 128, queue: 8 },
    ...more,
    lost: (_name, why) => (why === 'death' ? 'CLASSIFY_FAILED' : 'CLASSIFY_BUDGET'),
  })
  opened.push(threads)
  return threads
}

describe('what happens to one piece', () => {
  test.each([
    ['its thread dies', 'exit', 3, {}, 'CLASSIFY_FAILED'],
    ['it takes too long', 'forever', null, { ms: 2_000 }, 'CLASSIFY_BUDGET'],
    ['it takes too much memory', 'hoard', null, { memoryMb: 96 }, 'CLASSIFY_BUDGET'],
    ['it refuses', 'refuse', null, {}, 'PAYLOAD_UNREADABLE'],
  ] as const)('%s: the next one is done all the same', async (_title, name, given, limits, code) => {
    const threads = open(limits)
    const lost = threads.ask(name, given as never)
    const next = threads.ask('echo', 'here')
    await expect(lost).rejects.toMatchObject({ code })
    expect(await next).toBe('here')
  })

  test('an error says its class and its place, never what it was about', async () => {
    const error = await open()
      .ask('fail', 'Rakoto')
      .catch((thrown: unknown) => thrown)
    expect(String(error)).toContain('TypeError')
    expect(String(error)).not.toContain('Rakoto')
  })

  test('buffers are handed over', async () => {
    expect(await open().ask('over', 1_000)).toHaveLength(1_000)
    const bytes = new Uint8Array(10)
    await open().ask('echo', bytes as never, { transfer: [bytes.buffer] })
    expect(bytes).toHaveLength(0)
  })
})

describe('who asked has gone', () => {
  test('while it ran: the thread is ended, and the next piece gets another', async () => {
    const threads = open()
    expect(await threads.ask('echo', 'up')).toBe('up')
    const control = new AbortController()
    const asked = threads.ask('forever', null, { signal: control.signal })
    const next = threads.ask('echo', 'here')
    control.abort(new Error('gone'))
    await expect(asked).rejects.toThrow('gone')
    expect(await next).toBe('here')
  })

  test('while it waited, or before it asked', async () => {
    const threads = open({ ms: 500 })
    const control = new AbortController()
    const first = threads.ask('forever', null)
    const asked = threads.ask('echo', 'x', { signal: control.signal })
    control.abort(new Error('gone'))
    await expect(asked).rejects.toThrow('gone')
    await expect(threads.ask('echo', 'x', { signal: control.signal })).rejects.toThrow('gone')
    await expect(first).rejects.toMatchObject({ code: 'CLASSIFY_BUDGET' })
  })
})

test('more pieces than may wait are refused; two threads work side by side', async () => {
  const threads = open({ threads: 2, queue: 1 })
  const endless = [threads.ask('forever', null), threads.ask('forever', null)]
  const waits = threads.ask('echo', 'x')
  await expect(threads.ask('echo', 'y')).rejects.toMatchObject({ code: 'OVERLOADED' })
  const ends = Promise.allSettled([...endless, waits])
  await threads.stop()
  for (const end of await ends) expect(end).toMatchObject({ reason: { code: 'SHUTTING_DOWN' } })
  await expect(threads.ask('echo', 'z')).rejects.toMatchObject({ code: 'SHUTTING_DOWN' })
})
