/** From `douane keys ca` to the auditor: an export of a running gateway carries three signatures that hold. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { makeAuthority, pemOf } from '../../src/audit/certificate.ts'
import { verifyBundle } from '../../src/audit/verify.ts'
import { exportTo } from '../../src/wire/export.ts'
import { keepAuthority } from '../../src/config/audit-certificate.ts'
import { openWhole } from '../promises/gateway.ts'

const folder = mkdtempSync(join(tmpdir(), 'douane-certified-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('an export made after keys ca verifies with the pinned root, one made before does not', async () => {
  const { installation, home, send } = await openWhole()
  expect((await send('/tana/x', { body: '{"email":"jean@exemple.fr"}' })).status).toBe(200)
  await expect
    .poll(async () => (await installation.trees.checkpoint('evidence'))?.size ?? 0)
    .toBeGreaterThan(0)
  const authority = makeAuthority(installation.settings.name, new Date())
  const [before, after] = [join(folder, 'before'), join(folder, 'after')]
  await exportTo(installation, { out: before, withAccess: false })
  keepAuthority(home, authority)
  await exportTo(installation, { out: after, withAccess: false })
  const { evidence, enrol } = installation.vkeys
  const pin = `${evidence}\n${enrol}\n`
  expect((await verifyBundle(before, pin)).exit).toBe(0)
  expect((await verifyBundle(before, pin, { root: pemOf(authority.root) })).exit).toBe(2)
  expect((await verifyBundle(after, pin, { root: pemOf(authority.root) })).exit).toBe(0)
})
