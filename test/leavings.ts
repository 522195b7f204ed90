/** Before and after each file of a worker that many share: what it opened is closed, what it replaced is back. */
import { deepStrictEqual } from 'node:assert/strict'
import crypto from 'node:crypto'
import { Socket } from 'node:net'
import { Client } from 'pg'
import { afterAll, vi } from 'vitest'

const kinds = [
  'TCPServerWrap',
  'TCPSocketWrap',
  'PipeWrap',
  'ProcessWrap',
  'MessagePort',
  'UDPWrap',
  'FSEventWrap',
]

/** How many of each there are. */
const open = (): readonly number[] => {
  const all = process.getActiveResourcesInfo()
  return kinds.map((kind) => all.filter((one) => one === kind).length)
}

/** What tests put something else in the place of. */
const replaced = (): readonly unknown[] => [
  ...[globalThis.Date, Object.getOwnPropertyDescriptor(process, 'stdin')?.get],
  ...[process.stdout.write, process.stderr.write, crypto.timingSafeEqual],
  ...[Client.prototype.query, Socket.prototype.connect, process.cwd(), JSON.stringify(process.env)],
]

// who asks for one of the standard streams the first time opens it
void [process.stdin, process.stdout, process.stderr]
const before = { replaced: replaced(), open: open() }
afterAll(async () => {
  deepStrictEqual(replaced(), before.replaced, 'this file has replaced something for good')
  await vi.waitFor(
    () => {
      const now = open()
      const left = kinds.filter((_, i) => now[i]! > before.open[i]!)
      if (left.length > 0) throw new Error(`this file has left open: ${left.join(', ')}`)
    },
    { timeout: 60_000 },
  )
}, 100_000)
