/**
 * Failpoints by name: every statement that a gateway sends, and what it awaits beside the database. They live here,
 * around pg's client, so that no setting and no variable of a running gateway can reach them.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'

export const faults = ['error', 'delay', 'cut', 'kill', 'lost'] as const
/**
 * - `error`: the statement fails and does nothing
 * - `delay`: it comes half a second late
 * - `cut`: the connection is gone before it arrived; the sender sees the same as with `lost`
 * - `kill`: the connection is cut right after it was sent; nobody knows whether it was carried out
 * - `lost`: it was carried out, and the answer never came
 */
export type Fault = (typeof faults)[number]

/** Statements of append, gate, integrator and what runs beside them, told apart by their text. */
export const points = {
  'append: the batch': /douane\.append\(/,
  'gate: settings of the session': /current_setting\('fsync'\)/,
  'recall: what the vault knows': /vault_(subject|alias|pseudonym)\b(?![^]*DELETE)/,
  'integrate: the head': /SELECT size, epoch FROM douane\.audit_head/,
  'integrate: the tree': /SELECT size, root, frontier FROM douane\.audit_tree/,
  'integrate: batches': /FROM douane\.audit_batch\s+WHERE log = \$1 AND first >=/,
  'integrate: leaves': /FROM douane\.audit_leaf WHERE log = \$1 AND idx >= \$2/,
  'integrate: tiles of the edge': /FROM douane\.audit_tile/,
  'integrate: the checkpoint before': /FROM douane\.audit_checkpoint WHERE log = \$1 ORDER BY size DESC/,
  'integrate: tree, tiles and checkpoint in one': /UPDATE douane\.audit_tree/,
  'beside: the heartbeat of the instance': /UPDATE douane\.instance SET seen_at/,
  'beside: what people ordered': /FROM douane\.order_leaf/,
} as const
export type Point = keyof typeof points

interface Armed {
  readonly form: RegExp
  readonly fault: Fault
  left: number
}

interface Inner {
  readonly connection: { readonly stream: { destroy(): void } }
}

const lost = (): Error => new Error('Connection terminated unexpectedly')
const textOf = (first: unknown): string =>
  typeof first === 'string' ? first : String((first as { text?: unknown } | null)?.text ?? '')

/** Takes the place of pg's query until `end`. */
export const openFailpoints = () => {
  const original = Client.prototype.query as (...args: unknown[]) => unknown
  let armed: Armed[] = []
  let hits = 0

  const carryOut = async (client: Client, args: readonly unknown[], fault: Fault): Promise<unknown> => {
    const { stream } = (client as unknown as Inner).connection
    const ask = (): Promise<unknown> => Promise.resolve(Reflect.apply(original, client, args))
    if (fault === 'error') throw Object.assign(new Error('deadlock detected'), { code: '40P01' })
    if (fault === 'delay') {
      await pause(500)
      return ask()
    }
    if (fault === 'cut') {
      stream.destroy()
      throw lost()
    }
    const asked = ask()
    if (fault === 'kill') {
      // the bytes are with the kernel before the socket goes
      setImmediate(() => stream.destroy())
      return asked
    }
    await asked
    stream.destroy()
    throw lost()
  }

  Client.prototype.query = function query(this: Client, ...args: unknown[]) {
    const text = textOf(args[0])
    const found = armed.find(({ form, left }) => left > 0 && form.test(text))
    if (found === undefined) return Reflect.apply(original, this, args)
    found.left -= 1
    hits += 1
    const last = args.at(-1)
    if (typeof last !== 'function') return carryOut(this, args, found.fault)
    const done = last as (error: unknown, result?: unknown) => void
    carryOut(this, args.slice(0, -1), found.fault).then(
      (result) => process.nextTick(done, null, result),
      (error: unknown) => process.nextTick(done, error),
    )
    return undefined
  } as typeof Client.prototype.query

  return {
    /** The next `times` statements of that form. */
    arm(form: RegExp, fault: Fault, times = 1): void {
      armed.push({ form, fault, left: times })
    },
    disarm(): void {
      armed = []
    },
    hits: () => hits,
    end(): void {
      Client.prototype.query = original as typeof Client.prototype.query
    },
  }
}
