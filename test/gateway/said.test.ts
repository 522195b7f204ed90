/** What telemetry may say, and how. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { escapeJson, escapeLines, escapeText } from '../../src/telemetry/escape.ts'
import { events, failure, openLog } from '../../src/telemetry/log.ts'
import type { EventName } from '../../src/telemetry/log.ts'
import { openMetrics } from '../../src/telemetry/metrics.ts'

const planted = '2850578006084'

const logged = (level: 'debug' | 'error' = 'debug') => {
  const lines: string[] = []
  return { lines, log: openLog(level, { write: (line: string) => void lines.push(line) }) }
}

describe('the log', () => {
  test.each(Object.keys(events) as EventName[])(
    '%s: a planted value in any field shows only where the operator wrote it',
    (name) => {
      const { lines, log } = logged()
      const kinds = events[name].fields as Record<string, string>
      for (const value of [
        `M. Martin ${planted}`,
        { nir: planted },
        [planted],
        `\u202e${planted}\n`,
        Number.NaN,
        null,
      ]) {
        const fields = Object.fromEntries(Object.keys(kinds).map((field) => [field, value]))
        log[name]({ ...fields, [`extra${planted}`]: planted, err: new Error(planted) } as never)
      }
      expect(lines).toHaveLength(6)
      for (const line of lines) {
        const parsed = JSON.parse(line) as Record<string, unknown>
        expect(
          Object.keys(parsed).filter(
            (key) => !['level', 'time', 'event', ...Object.keys(kinds)].includes(key),
          ),
        ).toEqual([])
        for (const [field, kind] of Object.entries(kinds)) {
          const written = typeof parsed[field] === 'string' && kind === 'operator'
          expect(written || parsed[field] === '?').toBe(true)
        }
        expect(line).not.toContain('\u202e')
        expect(line.trimEnd()).not.toContain('\n')
      }
    },
  )
  test('says what an operator needs, below its level nothing', () => {
    const { lines, log } = logged('error')
    log['process.stopping']({ signal: 'SIGTERM', in_flight: 3 })
    log['transfer.failed']({ tid: 'ab'.repeat(16), error: 'TypeError', where: 'to.ts:1:2' })
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
      expect.objectContaining({
        event: 'transfer.failed',
        level: 'error',
        error: 'TypeError',
        where: 'to.ts:1:2',
      }),
    ])
  })
  test('of an error only its class and where it was thrown', () => {
    const thrown = new TypeError(`${planted}\n    at ${planted} (file:///x/${planted}x.html:1:2)`, {
      cause: planted,
    })
    const said = failure(thrown)
    expect(said.error).toBe('TypeError')
    expect(said.where).toMatch(/^said\.test\.ts:\d+:\d+/)
    expect(JSON.stringify(said)).not.toContain(planted)
    expect(failure(planted)).toEqual({ error: 'string', where: '' })
    expect(failure(undefined)).toEqual({ error: 'undefined', where: '' })
  })
})

describe('what steers a terminal shows as an escape', () => {
  test.each([
    ['\u001b[31mred', String.raw`\u001b[31mred`, 'colour'],
    ['a\u202eb', String.raw`a\u202eb`, 'right-to-left override'],
    ['a\u2066b\u2069', String.raw`a\u2066b\u2069`, 'isolates'],
    ['a\u200bb', String.raw`a\u200bb`, 'zero width'],
    ['a\r\nb', String.raw`a\u000d\u000ab`, 'line ends'],
    ['a\u009bb', String.raw`a\u009bb`, 'C1'],
    ['a\u007f', String.raw`a\u007f`, 'DEL'],
    ['a\ud800b', String.raw`a\ud800b`, 'half a pair'],
    ['\udc00', String.raw`\udc00`, 'the other half'],
    ['\u{e0041}', String.raw`\udb40\udc41`, 'tag letters'],
    ['été 日本 😀 عربي', 'été 日本 😀 عربي', 'words stay'],
  ])('%j → %s (%s)', (text, shown) => expect(escapeText(text)).toBe(shown))

  test('lines stay lines in a block', () => expect(escapeLines('a\nb\u0007')).toBe('a\nb\\u0007'))
  test('escaped JSON parses to the same, and holds no steering character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(undefined, 1), (text, space) => {
        const json = escapeJson({ text }, space)
        expect(JSON.parse(json)).toEqual({ text })
        expect(escapeLines(json)).toBe(json)
      }),
    )
  })
})

test('metrics count, and carry only what they were given as labels', async () => {
  const metrics = openMetrics()
  metrics.transferred({
    client: 'moreau',
    provider: 'tana',
    verdict: 'treat',
    end: 'delivered',
    seconds: 0.004,
  })
  metrics.refused('NO_GRANT')
  metrics.restored({ restored: 3, corrected: 1, unresolved: 0 })
  metrics.watch('douane_log_size', 'Leaves.', () => 7)
  const { type, text } = await metrics.page()
  expect(type).toContain('text/plain')
  expect(text).toContain(
    'douane_transfers_total{client="moreau",provider="tana",verdict="treat",end="delivered"} 1',
  )
  expect(text).toContain('douane_refusals_total{code="NO_GRANT"} 1')
  expect(text).toContain('douane_answer_pseudonyms_total{end="restored"} 3')
  expect(text).toContain('douane_log_size 7')
  expect(text).toContain('douane_transfer_seconds_bucket{le="0.005"} 1')
  // Two gateways in one process do not share a registry.
  expect((await openMetrics().page()).text).not.toContain('moreau')
})
