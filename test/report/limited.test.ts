import { expect, test } from 'vitest'
import type { LogRecord } from '../../src/model/record.ts'
import { toldTo } from '../../src/report/limited.ts'

const base = { v: 1, t: '2026-11-01T00:00:00.000Z', inst: 'i', boot: 'b', iseq: 0, iprev: '' }
const record = (said: object): LogRecord => ({ ...base, ...said }) as unknown as LogRecord

test.each([
  [
    { k: 'override', client: 'acme', why: 'w' },
    { k: 'override', client: 'acme', why: 'w' },
  ],
  [{ k: 'override', client: 'globex', why: 'w' }, undefined],
  [{ k: 'override', provider: 'tana', why: 'w' }, undefined],
  [{ k: 'erasure', count: 3 }, undefined],
  [{ k: 'key', subject: 'globex' }, undefined],
  [
    { k: 'policy', bundle: 'd', why: 'for globex' },
    { k: 'policy', bundle: 'd' },
  ],
  [
    { k: 'prune', from: 0, to: 9 },
    { k: 'prune', from: 0, to: 9 },
  ],
])('somebody limited to acme is told of %j: %j', (said, told) => {
  expect(toldTo(record(said), ['acme'])).toEqual(told === undefined ? undefined : record(told))
  expect(toldTo(record(said), undefined)).toEqual(record(said))
})
