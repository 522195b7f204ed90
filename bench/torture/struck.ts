/**
 * Loaded into a gateway before anything else (`node --import`): plays one planned fault where it is due and notes that
 * it did, in a file, before it does. The plan comes in TORTURE_PLAN and is gone from the environment afterwards.
 */
import { appendFileSync } from 'node:fs'
import fs from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { Socket } from 'node:net'
import { die, points, strikeStatements } from './failpoints.ts'
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
  strikeStatements((text) => (left > 0 && form.test(text) && due() ? plan.how : undefined))
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
