/**
 * In which ways a statement can be hit, and the hitting. Nothing of a running gateway can reach this: a child gets it by
 * `--import`, a test by calling it.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { elsewhere, recoverPoints, statements } from './points.ts'

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

/** The server that the statement goes to dies, with all that it holds in memory: meanwhile, and after its answer. */
export const serverDeaths = ['server dies under way', 'server dies after'] as const
export type ServerDeath = (typeof serverDeaths)[number]

export type How = Fault | Death | ServerDeath

/** One way to be hit. `nth`: the first, second … time that the process comes there. */
export interface Plan {
  readonly point: string
  readonly how: How
  readonly nth: number
}

/** Every place in every way. */
export const plans: readonly Omit<Plan, 'nth'>[] = [
  ...Object.keys(statements).flatMap((point) =>
    [...deaths, ...serverDeaths, ...faults].map((how) => ({ point, how })),
  ),
  ...elsewhere.map((point) => ({ point, how: 'dies before' as const })),
]

/** Every way in which `audit recover` dies, or its server under it, where it comes along. */
export const recoverPlans: readonly Omit<Plan, 'nth'>[] = recoverPoints.flatMap((point) =>
  (point in statements ? [...deaths, ...serverDeaths] : ['dies before' as const]).map((how) => ({
    point,
    how,
  })),
)

export const isDeath = (how: How): how is Death => (deaths as readonly string[]).includes(how)

export const isServerDeath = (how: How): how is ServerDeath =>
  (serverDeaths as readonly string[]).includes(how)

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
  how: How,
  ask: () => Promise<unknown>,
  shootServer: () => void,
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
  if (how === 'server dies under way') setImmediate(shootServer)
  if (how === 'kill' || how === 'dies under way' || how === 'server dies under way') return asked
  const answer = await asked
  if (how === 'dies after') die()
  if (how === 'server dies after') {
    shootServer()
    return answer
  }
  stream.destroy()
  throw lost()
}

/** Of pg's query: its text, or that of its configuration. */
const textOf = (first: unknown): string =>
  typeof first === 'string' ? first : String((first as { text?: unknown } | null)?.text ?? '')

/**
 * Takes the place of pg's query in this process.
 * @param faultAt what happens to a statement, undefined: nothing
 * @param shootServer for faults that the server dies of
 * @returns puts pg's own query back
 */
export const strikeStatements = (
  faultAt: (text: string) => How | undefined,
  shootServer: () => void = () => undefined,
): (() => void) => {
  const original = Client.prototype.query as (...args: unknown[]) => unknown
  Client.prototype.query = function query(this: Client, ...args: unknown[]) {
    const fault = faultAt(textOf(args[0]))
    if (fault === undefined) return Reflect.apply(original, this, args)
    const play = (given: readonly unknown[]): Promise<unknown> =>
      carryOut(this, fault, () => Promise.resolve(Reflect.apply(original, this, given)), shootServer)
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
