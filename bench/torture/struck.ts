/**
 * Loaded into a gateway, or a command, before anything else (`node --import`): puts it under the clock of the torture,
 * plays one planned fault where it is due and notes that it did, in a file, before it does. The plan comes in
 * TORTURE_PLAN and is gone from the environment afterwards.
 */
import { appendFileSync } from 'node:fs'
import fs from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { Socket } from 'node:net'
import { isMainThread } from 'node:worker_threads'
import { pidFile, runsOn } from '../../src/store/postmaster.ts'
import { followClock } from './clock.ts'
import { die, strikeStatements } from './failpoints.ts'
import type { Plan } from './failpoints.ts'
import { openForm, statements } from './points.ts'

/** What TORTURE_PLAN says, as JSON. */
export interface Asked {
  /** File of the clock. */
  readonly clock: string
  /** Silent: nothing is played. */
  readonly plan?: Plan | undefined
  /** The file to note it in. */
  readonly note: string
  /** Port of the provider. */
  readonly provider?: number | undefined
  /** Folder of the server's data. */
  readonly data: string
}

const strike = ({ plan, note, provider, data }: Asked & { plan: Plan }): void => {
  let left = plan.nth
  /** True the nth time, once. */
  const due = (): boolean => {
    left -= 1
    if (left !== 0) return false
    appendFileSync(note, `${JSON.stringify(plan)}\n`)
    return true
  }

  const shootServer = (): void => {
    const pid = pidFile(data)?.pid
    if (pid !== undefined && runsOn(pid, data)) process.kill(pid, 'SIGKILL')
  }

  const atAnchor = (which: 'open' | 'rename', after: boolean): void => {
    const original = fs[which] as (...args: unknown[]) => Promise<unknown>
    const mine = (args: readonly unknown[]): boolean => /\/anchor\.new$/.test(String(args[0]))
    const replaced = async (...args: unknown[]): Promise<unknown> => {
      const hit = mine(args) && due()
      if (hit && !after) die()
      const done = await Reflect.apply(original, fs, args)
      return hit ? die() : done
    }
    Object.assign(fs, { [which]: replaced })
    syncBuiltinESMExports()
  }

  const atSocket = (after: boolean): void => {
    const original = Socket.prototype.write as (...args: unknown[]) => boolean
    Socket.prototype.write = function write(this: Socket, ...args: unknown[]) {
      const hit = this.remotePort === provider && due()
      if (hit && !after) die()
      const done = Reflect.apply(original, this, args)
      if (hit) setImmediate(die)
      return done
    } as typeof Socket.prototype.write
  }

  const form = statements[plan.point]
  if (form !== undefined) {
    const isIt = openForm(form)
    strikeStatements((text) => (isIt(text) && left > 0 && due() ? plan.how : undefined), shootServer)
  } else if (plan.point === 'anchor: before its new file is made') atAnchor('open', false)
  else if (plan.point === 'anchor: before the new file takes its name') atAnchor('rename', false)
  else if (plan.point === 'anchor: when it has its name') atAnchor('rename', true)
  else atSocket(plan.point === 'forward: when the first bytes are written')
}

const said = process.env['TORTURE_PLAN']
// a thread has the environment of before, and no database
if (isMainThread && said !== undefined) {
  const asked = JSON.parse(said) as Asked
  delete process.env['TORTURE_PLAN']
  followClock(asked.clock)
  const { plan } = asked
  if (plan !== undefined) strike({ ...asked, plan })
}
