/**
 * Loaded into a gateway before anything else (`node --import`): plays one planned fault where it is due and notes that
 * it did, in a file, before it does. The plan comes in TORTURE_PLAN and is gone from the environment afterwards.
 */
import { appendFileSync } from 'node:fs'
import fs from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { Socket } from 'node:net'
import { Client } from 'pg'
import { carryOut, die, points, textOf } from './failpoints.ts'
import type { Plan, Point } from './failpoints.ts'

const { plan, note, provider } = JSON.parse(process.env['TORTURE_PLAN'] ?? '{}') as {
  readonly plan: Plan
  /** The file to note it in. */
  readonly note: string
  /** Port of the provider. */
  readonly provider: number
}
delete process.env['TORTURE_PLAN']

let left = plan.nth
/** True the nth time, once. */
const due = (): boolean => {
  left -= 1
  if (left !== 0) return false
  appendFileSync(note, `${JSON.stringify(plan)}\n`)
  return true
}

const atStatement = (form: RegExp): void => {
  const original = Client.prototype.query as (...args: unknown[]) => unknown
  Client.prototype.query = function query(this: Client, ...args: unknown[]) {
    if (left <= 0 || !form.test(textOf(args[0])) || !due()) return Reflect.apply(original, this, args)
    const play = (given: readonly unknown[]): Promise<unknown> =>
      carryOut(this, plan.how, () => Promise.resolve(Reflect.apply(original, this, given)))
    const last = args.at(-1)
    if (typeof last !== 'function') return play(args)
    const done = last as (error: unknown, result?: unknown) => void
    play(args.slice(0, -1)).then(
      (result) => process.nextTick(done, null, result),
      (error: unknown) => process.nextTick(done, error),
    )
    return undefined
  } as typeof Client.prototype.query
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

if (plan.point in points) atStatement(points[plan.point as Point])
else if (plan.point === 'anchor: before its new file is made') atAnchor('open', false)
else if (plan.point === 'anchor: before the new file takes its name') atAnchor('rename', false)
else if (plan.point === 'anchor: when it has its name') atAnchor('rename', true)
else atSocket(plan.point === 'forward: when the first bytes are written')
