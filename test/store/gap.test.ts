/** A row is deleted under a running gateway, as only a superuser can: nothing is signed over it, nothing leaves. */
import { expect, test } from 'vitest'
import type { TreeStore } from '../../src/audit/log.ts'
import { openWhole } from '../promises/gateway.ts'

let open = (): void => undefined
let paused: Promise<void> | undefined
const pausedHead =
  (trees: TreeStore): TreeStore['head'] =>
  async (stream) => {
    if (stream === 'evidence') await paused
    return trees.head(stream)
  }

const whole = await openWhole({
  rewire: (installation) => ({
    ...installation,
    trees: { ...installation.trees, head: pausedHead(installation.trees) },
  }),
})
const { installation, database, provider } = whole
const send = (n: number) => whole.send('/tana/x', { body: JSON.stringify({ email: `jean${n}@exemple.fr` }) })
const signedSize = async () => (await installation.trees.checkpoint('evidence'))?.size ?? 0
const headSize = async () => (await installation.trees.head('evidence')).size

test('a row deleted before it was signed: the gate closes, and the log says why', async () => {
  expect((await send(0)).status).toBe(200)
  await expect.poll(async () => (await signedSize()) === (await headSize())).toBe(true)
  paused = new Promise((resolve) => (open = resolve))
  const before = await signedSize()
  // the integrator that is under way may have read its head already
  const first = await send(1)
  for (const n of [2, 3, 4]) expect((await send(n)).status).toBe(200)
  const { rows } = await database.superuser.query<{ idx: string }>(
    'SELECT idx FROM douane.audit_leaf WHERE log = 0 AND tid <> $1::uuid AND idx > $2 ORDER BY idx OFFSET 2 LIMIT 1',
    [first.tid, before],
  )
  const hole = Number(rows[0]!.idx)
  const forger = await database.superuser.connect()
  await forger.query('SET session_replication_role = replica')
  expect(
    (await forger.query('DELETE FROM douane.audit_leaf WHERE log = 0 AND idx = $1', [hole])).rowCount,
  ).toBe(1)
  forger.release(true)
  open()

  const problem = `the evidence log is broken: audit log broken at leaf ${hole}: gap`
  await expect.poll(async () => JSON.stringify(await whole.look('/readyz'))).toContain(problem)
  const said = whole.lines.map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(said).toContainEqual(
    expect.objectContaining({
      event: 'log.integration_failed',
      stream: 'evidence',
      error: 'IntegrityBroken',
    }),
  )

  provider.forget()
  const refused = await send(5)
  expect(refused).toMatchObject({ status: 503, code: 'LOG_UNAVAILABLE' })
  expect(provider.bytes()).toBe(0)
  await new Promise((resolve) => setTimeout(resolve, 600))
  expect(await signedSize()).toBeLessThanOrEqual(hole)
})
