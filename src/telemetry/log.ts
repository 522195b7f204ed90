/**
 * The process log: JSON lines, one function per event, and in each only fields of a declared kind. No free
 * object and no error can be logged, so no value of a transfer can (design §2.4).
 */
import pino from 'pino'
import type { Logger, DestinationStream } from 'pino'
import { escapeText } from './escape.ts'

/** How a field is checked before it is printed; what does not fit prints as `?`. */
const kinds = {
  /** Register ids, purposes, key ids, plane names. */
  id: (v: unknown) => (typeof v === 'string' && /^[A-Za-z0-9_.-]{1,64}$/.test(v) ? v : '?'),
  /** 32 hex digits. */
  tid: (v: unknown) => (typeof v === 'string' && /^[0-9a-f]{32}$/.test(v) ? v : '?'),
  digest: (v: unknown) => (typeof v === 'string' && /^[0-9a-f]{8,64}$/.test(v) ? v : '?'),
  code: (v: unknown) => (typeof v === 'string' && /^[A-Z0-9_]{1,48}$/.test(v) ? v : '?'),
  int: (v: unknown) => (Number.isSafeInteger(v) ? v : '?'),
  ms: (v: unknown) => (typeof v === 'number' && Number.isFinite(v) ? Math.round(v * 10) / 10 : '?'),
  bool: (v: unknown) => (typeof v === 'boolean' ? v : '?'),
  /** Written by the operator (settings, file names, addresses), never by a client or a provider. */
  operator: (v: unknown) => (typeof v === 'string' ? escapeText(v.slice(0, 500)) : '?'),
} as const

type Kind = keyof typeof kinds
interface Values {
  id: string
  tid: string
  digest: string
  code: string
  int: number
  ms: number
  bool: boolean
  operator: string
}

type Level = 'debug' | 'info' | 'warn' | 'error'
const row = <F extends Record<string, Kind>>(level: Level, fields: F): { level: Level; fields: F } => ({
  level,
  fields,
})

/** Every event that may be logged. A field may be left out of a call; none can be added. */
export const events = {
  'process.started': row('info', { version: 'operator', home: 'operator', node: 'operator' }),
  'process.stopping': row('info', { signal: 'id', in_flight: 'int' }),
  'process.stopped': row('info', { ms: 'ms', cut: 'int' }),
  'plane.listening': row('info', { plane: 'id', host: 'operator', port: 'int', tls: 'bool' }),
  'plane.refused_peer': row('warn', { plane: 'id' }),
  'transfer.done': row('info', {
    tid: 'tid',
    client: 'id',
    provider: 'id',
    purpose: 'id',
    verdict: 'id',
    status: 'int',
    ms: 'ms',
    findings: 'int',
    restored: 'int',
    unresolved: 'int',
  }),
  'transfer.refused': row('info', {
    tid: 'tid',
    client: 'id',
    provider: 'id',
    purpose: 'id',
    code: 'code',
    ms: 'ms',
  }),
  'transfer.failed': row('error', { tid: 'tid', error: 'id', where: 'operator' }),
  'classify.failed': row('error', { error: 'id', where: 'operator' }),
  'transfer.outcome_unwritten': row('warn', { tid: 'tid', code: 'code' }),
  'answer.address_dropped': row('info', { tid: 'tid', provider: 'id', header: 'id' }),
  'request.malformed': row('info', { tid: 'tid', code: 'code', parser: 'code' }),
  'policy.activated': row('info', { bundle: 'digest', by: 'operator' }),
  'policy.unreadable': row('error', { bundle: 'digest' }),
  'policy.override_void': row('warn', { id: 'id', rule: 'id', fault: 'id' }),
  'policy.waits': row('info', { bundle: 'digest', standing: 'id' }),
  'policy.unread': row('error', { why: 'id' }),
  'policy.invalid': row('error', { faults: 'int', file: 'operator', line: 'int' }),
  'policy.stale': row('warn', { ms: 'ms' }),
  'store.unavailable': row('error', { error: 'id', code: 'code' }),
  'store.recovered': row('info', { ms: 'ms' }),
  'storage.watermark': row('error', { used_percent: 'int' }),
  'log.integrated': row('debug', { stream: 'id', size: 'int', ms: 'ms' }),
  'log.integration_failed': row('error', { stream: 'id', error: 'id', where: 'operator' }),
  'log.witnessed': row('debug', { stream: 'id', size: 'int', ms: 'ms' }),
  'log.unwitnessed': row('warn', { stream: 'id', size: 'int' }),
  'log.tree_begun': row('info', { stream: 'id' }),
  'log.pruned': row('info', { gone: 'int', announced: 'int' }),
  'log.pruning_waits': row('warn', { stream: 'id', days: 'int' }),
  'log.swept': row('info', { unknown: 'int', expired: 'int' }),
  'access.recorded': row('info', { who: 'id', act: 'id' }),
  'access.refused': row('info', { code: 'code', act: 'id' }),
  'export.cut': row('info', { who: 'id' }),
  'export.stalled': row('warn', { who: 'id' }),
  'api.failed': row('error', { error: 'id', where: 'operator' }),
  'settings.unsafe': row('warn', { setting: 'operator' }),
} as const

export type EventName = keyof typeof events
type FieldsOf<E extends EventName> = {
  readonly [F in keyof (typeof events)[E]['fields']]?: (typeof events)[E]['fields'][F] extends Kind
    ? Values[(typeof events)[E]['fields'][F]] | undefined
    : never
}
export type Log = { readonly [E in EventName]: (fields: FieldsOf<E>) => void }

/** The class of an error and the first places of our own code in its stack: never its message or cause. */
export const failure = (error: unknown): { readonly error: string; readonly where: string } => {
  if (!(error instanceof Error)) return { error: typeof error, where: '' }
  const places = [...(error.stack ?? '').matchAll(/^ {4}at .{0,200}?([\w.-]{1,60}\.[jt]s:\d+:\d+)\)?$/gm)]
  return {
    error: error.constructor.name || 'Error',
    where: places
      .slice(0, 3)
      .map((m) => m[1])
      .join(' < '),
  }
}

/** Lines that wait for a disk without room are kept up to this many bytes, then dropped. */
const mostWaiting = 1 << 20

/** A gateway outlives its log file: without listeners a full disk would end it, and then keep it from ending. */
const standardOutput = (): DestinationStream => {
  const lines = pino.destination({ dest: 1, sync: false, maxLength: mostWaiting })
  const state = { failing: false }
  lines.on('error', () => (state.failing = true))
  lines.on('write', () => (state.failing = false))
  process.on('beforeExit', () => void (state.failing && lines.destroy()))
  return lines
}

/** @param to where the lines go; default standard output */
export const openLog = (level: Level | 'silent' = 'info', to?: DestinationStream): Log => {
  const options = {
    level,
    base: null,
    messageKey: 'event',
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  }
  const logger: Logger = pino(options, to ?? standardOutput())
  const log: Record<string, (fields: Record<string, unknown>) => void> = {}
  for (const [name, event] of Object.entries(events)) {
    const fields = Object.entries(event.fields) as [string, Kind][]
    log[name] = (given) => {
      if (!logger.isLevelEnabled(event.level)) return
      const line: Record<string, unknown> = {}
      for (const [field, kind] of fields) {
        if (given[field] !== undefined) line[field] = kinds[kind](given[field])
      }
      logger[event.level](line, name)
    }
  }
  return Object.freeze(log) as unknown as Log
}
