/**
 * Where a gateway can be hit on purpose: every statement that it sends, what it awaits beside the database, and the
 * provider's socket. Nothing of a running gateway can reach this: a child gets it by `--import`, a test by calling it.
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

/** The process itself dies: before the statement is sent, while it is carried out, when its answer has come. */
export const deaths = ['dies before', 'dies under way', 'dies after'] as const
export type Death = (typeof deaths)[number]

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

/** Beside the database: the anchor's file, and the socket to the provider. Here only death is played. */
export const elsewhere = [
  'anchor: before its new file is made',
  'anchor: before the new file takes its name',
  'anchor: when it has its name',
  'forward: before the first byte is written',
  'forward: when the first bytes are written',
] as const
export type Elsewhere = (typeof elsewhere)[number]

/** One way to be hit. `nth`: the first, second … time that the process comes there. */
export interface Plan {
  readonly point: Point | Elsewhere
  readonly how: Fault | Death
  readonly nth: number
}

/** Every place in every way. */
export const plans: readonly Omit<Plan, 'nth'>[] = [
  ...(Object.keys(points) as Point[]).flatMap((point) =>
    [...deaths, ...faults].map((how) => ({ point, how })),
  ),
  ...elsewhere.map((point) => ({ point, how: 'dies before' as const })),
]

export const isDeath = (how: Fault | Death): how is Death => (deaths as readonly string[]).includes(how)

interface Inner {
  readonly connection: { readonly stream: { destroy(): void } }
}

const lost = (): Error => new Error('Connection terminated unexpectedly')

/** SIGKILL, by one's own hand: no handler runs and no buffer is flushed. */
export const die = (): never => {
  process.kill(process.pid, 'SIGKILL')
  throw new Error('dead')
}

/** Plays the fault at this statement. @param ask sends it and gives what came back */
const carryOut = async (
  client: Client,
  how: Fault | Death,
  ask: () => Promise<unknown>,
): Promise<unknown> => {
  const { stream } = (client as unknown as Inner).connection
  if (how === 'dies before') die()
  if (how === 'error') throw Object.assign(new Error('deadlock detected'), { code: '40P01' })
  if (how === 'delay') {
    await pause(500)
    return ask()
  }
  if (how === 'cut') {
    stream.destroy()
    throw lost()
  }
  const asked = ask()
  // the bytes are with the kernel before the socket, or the process, goes
  if (how === 'dies under way') setImmediate(die)
  if (how === 'kill') setImmediate(() => stream.destroy())
  if (how === 'kill' || how === 'dies under way') return asked
  await asked
  if (how === 'dies after') die()
  stream.destroy()
  throw lost()
}

/** Of pg's query: its text, or that of its configuration. */
const textOf = (first: unknown): string =>
  typeof first === 'string' ? first : String((first as { text?: unknown } | null)?.text ?? '')

/**
 * Takes the place of pg's query in this process.
 * @param faultAt what happens to a statement, undefined: nothing
 * @returns puts pg's own query back
 */
export const strikeStatements = (faultAt: (text: string) => Fault | Death | undefined): (() => void) => {
  const original = Client.prototype.query as (...args: unknown[]) => unknown
  Client.prototype.query = function query(this: Client, ...args: unknown[]) {
    const fault = faultAt(textOf(args[0]))
    if (fault === undefined) return Reflect.apply(original, this, args)
    const play = (given: readonly unknown[]): Promise<unknown> =>
      carryOut(this, fault, () => Promise.resolve(Reflect.apply(original, this, given)))
    const last = args.at(-1)
    if (typeof last !== 'function') return play(args)
    const done = last as (error: unknown, result?: unknown) => void
    play(args.slice(0, -1)).then(
      (result) => process.nextTick(done, null, result),
      (error: unknown) => process.nextTick(done, error),
    )
    return undefined
  } as typeof Client.prototype.query
  return () => {
    Client.prototype.query = original as typeof Client.prototype.query
  }
}
