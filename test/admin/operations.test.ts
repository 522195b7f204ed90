/** Every operation of openapi.yaml over real HTTP: what it gives, to whom, and that somebody looked is recorded. */
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { readVkey } from '../../src/audit/checkpoint.ts'
import { IntegrityBroken } from '../../src/audit/integrity.ts'
import { verifyReceipt } from '../../src/audit/receipt.ts'
import { readContract } from '../../src/admin/contract.ts'
import { mayCall } from '../../src/admin/roles.ts'
import { roles } from '../../src/config/credentials.ts'
import { readFolder } from '../../src/policy/folder.ts'
import { loadFiles } from '../../src/policy/load.ts'
import { ruleDigest } from '../../src/policy/lifted.ts'
import {
  approvalText,
  liftText,
  newApproverKey,
  newNonce,
  signMandate,
  withdrawalText,
} from '../../src/policy/mandate.ts'
import { openWhole } from '../promises/gateway.ts'
import { settled } from '../promises/settled.ts'
import { accesses, callerOf } from './api.ts'

const whole = await openWhole()
const ring = whole.installation.keyRing
const keyOf = Object.fromEntries(
  roles.map((role) => [role, ring.makePersonKey({ who: `an-${role}`, roles: [role] })]),
) as Record<(typeof roles)[number], string>
const limited = ring.makePersonKey({ who: 'globex-dpo', roles: ['dpo', 'author'], clients: ['globex'] })
const call = callerOf(whole.running.control.port, whole.keys.dpo)

const payroll = {
  employees: [{ name: 'Hélène Marchetti', email: 'h.marchetti@example.com', net: '3120.50' }],
}
const transfer = async (target: string, key?: string): Promise<string> => {
  const sent = await whole.send(target, {
    body: JSON.stringify(payroll),
    ...(key === undefined ? {} : { key }),
  })
  return sent.tid
}

const tids = { treated: '', allowed: '', refused: '', globex: '' }
beforeAll(async () => {
  tids.treated = await transfer('/tana/lots')
  tids.allowed = await transfer('/lyon/lots')
  tids.refused = await transfer('/stale/lots')
  tids.globex = await transfer('/tana/lots', whole.keys.globex)
  await settled(whole)
})

/** Drafts, and signatures by the key of `an-approver`: each is good once. */
const shippedFiles = await readFolder(join(whole.home, 'policies'))
const drafts = Array.from({ length: 12 }, (_, i) => {
  const files = [...shippedFiles, { path: 'rules/own.yaml', text: `# ${i}\nrules: []\n` }]
  const { digest, deciding } = loadFiles(files)
  return { digest, files, deciding }
})
const draft = drafts[0]!
const approverKey = await newApproverKey('an-approver')
const { book, bundles } = whole.installation
for (const { digest, deciding } of drafts) await bundles.put({ digest, files: deciding })
await book.write(async ({ now }) => [
  {
    ...({ v: 1, k: 'key', t: now.toISOString(), act: 'approver.added', by: 'test' } as const),
    ...{ subject: 'an-approver', kid: approverKey.kid, x: approverKey.x },
  },
])
const approvals = await Promise.all(
  drafts.map(async ({ digest, deciding }) => {
    const nonce = newNonce()
    const text = approvalText({ log: book.log, bundle: digest, files: deciding, from: '', nonce })
    return { digest, body: { nonce, jws: await signMandate(text, approverKey), reason: 'as discussed' } }
  }),
)
/** Approved for a day to come, and the signatures that take that back. */
const withdrawals = await Promise.all(
  drafts.slice(1, 7).map(async ({ digest, deciding }) => {
    const [from, given, taken] = ['2099-01-01T00:00:00.000Z', newNonce(), newNonce()]
    const of = { log: book.log, bundle: digest }
    const by = { by: 'an-approver', roles: ['approver'], why: 'planned', nonce: given, from }
    const jws = await signMandate(approvalText({ ...of, files: deciding, from, nonce: given }), approverKey)
    await book.write(async ({ now }) => [
      { v: 1, k: 'policy', t: now.toISOString(), act: 'approved', bundle: digest, ...by, jws },
    ])
    const back = await signMandate(withdrawalText({ ...of, nonce: taken }), approverKey)
    return { digest, body: { nonce: taken, jws: back, reason: 'not yet' } }
  }),
)
const says = ruleDigest(loadFiles(draft.files).rules.find(({ id }) => id === '05-outside-adequacy-scope')!)
const lifts = await Promise.all(
  Array.from({ length: 12 }, async () => {
    const nonce = newNonce()
    const until = new Date(Date.now() + 3_600_000).toISOString()
    const ask = {
      rule: '05-outside-adequacy-scope',
      client: 'acme',
      provider: 'tana',
      purpose: '',
      says,
      until,
      nonce,
    }
    const text = liftText({ log: book.log, ...ask, why: 'one batch' })
    return { ...ask, reason: 'one batch', jws: await signMandate(text, approverKey) }
  }),
)
const everything = ring.makePersonKey({ who: 'an-approver', roles: [...roles] })

/** A call of each operation that succeeds, once the roles are right. */
const calls: Record<string, () => [string, { body?: unknown }?]> = {
  classify: () => ['/v1/classify', { body: { text: 'Write to ana@example.com' } }],
  try: () => ['/v1/try', { body: { client: 'acme', provider: 'tana', body: JSON.stringify(payroll) } }],
  listTransfers: () => ['/v1/transfers'],
  showTransfer: () => [`/v1/transfers/${tids.treated}`],
  explainTransfer: () => [`/v1/transfers/${tids.treated}/explain`],
  replayTransfer: () => [`/v1/transfers/${tids.treated}/replay`],
  receipt: () => [`/v1/transfers/${tids.treated}/receipt`],
  activePolicy: () => ['/v1/policies/active'],
  checkPolicy: () => [
    '/v1/policies/check',
    { body: { files: [{ path: 'rules/a.yaml', text: 'rules: [' }] } },
  ],
  listProviders: () => ['/v1/providers'],
  checkpoint: () => ['/v1/audit/checkpoint'],
  exportLog: () => ['/v1/audit/export'],
  suspendProvider: () => ['/v1/providers/asleep/suspend', { body: { reason: 'an incident' } }],
  resumeProvider: () => ['/v1/providers/asleep/resume', { body: { reason: 'it is over' } }],
  listOrders: () => ['/v1/policies/orders'],
  storeDraft: () => ['/v1/policies/drafts', { body: { files: draft.files } }],
  policyManifest: () => [`/v1/policies/${draft.digest}/manifest`],
  giveOpinion: () => [
    `/v1/policies/${draft.digest}/opinions`,
    { body: { opinion: 'favourable', reason: 'nothing to add' } },
  ],
  approvePolicy: () => {
    const { digest, body } = approvals.pop()!
    return [`/v1/policies/${digest}/approvals`, { body }]
  },
  withdrawPolicy: () => {
    const { digest, body } = withdrawals.pop()!
    return [`/v1/policies/${digest}/withdrawals`, { body }]
  },
  rollbackPolicy: () => ['/v1/policies/rollback', { body: { reason: 'a mistake' } }],
  liftManifest: () => {
    const { says: _says, nonce: _nonce, jws: _jws, ...body } = lifts[0]!
    return ['/v1/overrides/manifest', { body }]
  },
  liftRule: () => ['/v1/overrides', { body: lifts.pop() }],
  endOverride: () => [`/v1/overrides/${'0'.repeat(32)}/end`, { body: { reason: 'it is over' } }],
  listHolds: () => ['/v1/audit/holds'],
  placeHold: () => ['/v1/audit/holds', { body: { reason: 'proceedings' } }],
  liftHold: () => [`/v1/audit/holds/${'0'.repeat(32)}/lift`, { body: { reason: 'they are over' } }],
  health: () => ['/healthz'],
  ready: () => ['/readyz'],
  metrics: () => ['/metrics'],
}
const closed = readContract().filter((operation) => !operation.open)

describe('who may call what', () => {
  test('each operation of openapi.yaml has a call here', () => {
    expect(Object.keys(calls).toSorted()).toEqual(
      readContract()
        .map(({ id }) => id as string)
        .toSorted(),
    )
  })

  test.each(closed.map(({ id }) => [id]))('%s is for its roles alone', async (id) => {
    const [path, more] = calls[id]!()
    for (const role of roles) {
      const { status, value } = await call(path, { ...more, key: keyOf[role] })
      const may = mayCall[id].includes(role)
      expect([role, status, may ? undefined : value.code]).toEqual([
        role,
        may ? 200 : 403,
        may ? undefined : 'ROLE_MISSING',
      ])
    }
  })

  test.each(closed.map(({ id }) => [id]))(
    '%s without a key, with a wrong one, with a client’s',
    async (id) => {
      const [path, more] = calls[id]!()
      const wrong = `dk_aaaaaaaa_${'A'.repeat(43)}`
      for (const [key, code] of [
        ['', 'CREDENTIAL_MISSING'],
        [wrong, 'CREDENTIAL_INVALID'],
        [whole.keys.acme, 'CREDENTIAL_INVALID'],
      ] as const) {
        const { status, value, headers } = await call(path, { ...more, key })
        expect([status, value.code]).toEqual([401, code])
        expect(headers['www-authenticate']).toMatch(/^Bearer/)
      }
    },
  )

  test.each(readContract().map(({ id }) => [id]))(
    '%s refuses a parameter that it does not have',
    async (id) => {
      const [path, more] = calls[id]!()
      const { status, value } = await call(`${path}?nobody=knows`, { ...more, key: everything })
      expect([status, value.code]).toEqual([400, 'REQUEST_INVALID'])
    },
  )

  test.each(closed.map(({ id }) => [id]))('%s is recorded with who looked', async (id) => {
    const [path, more] = calls[id]!()
    const before = await accesses(whole)
    expect((await call(path, { ...more, key: everything })).status).toBe(200)
    const [line, ...none] = (await accesses(whole)).slice(before.length)
    expect(none).toEqual([])
    expect(line).toMatch(new RegExp(`^an-approver ${id} \\d+`))
  })
})

describe('what a key that is limited to a client sees', () => {
  const as = { key: limited }
  test('its own transfers alone, also when it asks for another’s', async () => {
    const own = await call('/v1/transfers', as)
    expect(own.value.transfers.map(({ client }: { client: string }) => client)).toEqual(['globex'])
    expect((await call('/v1/transfers?client=acme', as)).value.transfers).toEqual([])
    expect((await call('/v1/transfers?client=globex', as)).value.transfers).toHaveLength(1)
  })

  test.each(['', '/explain', '/receipt'])(
    'another’s transfer%s is as unknown as one that never was',
    async (of) => {
      const theirs = await call(`/v1/transfers/${tids.treated}${of}`, as)
      const never = await call(`/v1/transfers/${'0'.repeat(32)}${of}`, as)
      expect(theirs.status).toBe(404)
      expect(theirs.text).toBe(never.text)
      expect((await call(`/v1/transfers/${tids.globex}${of}`, as)).status).toBe(200)
    },
  )

  test('no other client in providers, policy or try', async () => {
    const providers = await call('/v1/providers', as)
    expect(providers.value.providers.length).toBeGreaterThan(0)
    expect(providers.text).not.toContain('acme')
    expect((await call('/v1/policies/active', as)).text).not.toContain('acme')
    const tried = await call('/v1/try', { ...as, body: { client: 'acme', provider: 'tana', body: '{}' } })
    const nobody = await call('/v1/try', { ...as, body: { client: 'nobody', provider: 'tana', body: '{}' } })
    expect(tried.value).toMatchObject({ status: 404, code: 'NOT_FOUND' })
    expect(nobody.status).toBe(404)
  })
})

describe('transfers', () => {
  test('newest first, page by page', async () => {
    const all = (await call('/v1/transfers')).value.transfers.map(({ tid }: { tid: string }) => tid)
    expect(all).toEqual([tids.globex, tids.refused, tids.allowed, tids.treated])
    const paged: string[] = []
    let path: string | undefined = '/v1/transfers?limit=1'
    while (path !== undefined) {
      const { value }: { value: { transfers: { tid: string }[]; next?: string } } = await call(path)
      paged.push(...value.transfers.map(({ tid }) => tid))
      path = value.next === undefined ? undefined : `/v1/transfers?limit=1&cursor=${value.next}`
    }
    expect(paged).toEqual(all)
  })

  test.each([
    ['verdict=refuse', ['refused']],
    ['verdict=allow', ['allowed']],
    ['provider=tana', ['globex', 'treated']],
    ['provider=tana&client=acme', ['treated']],
    ['provider=nobody', []],
    ['from=2000-01-01T00:00:00Z&to=2001-01-01T00:00:00Z', []],
    ['from=2000-01-01T00:00:00Z&verdict=refuse', ['refused']],
    ['to=2000-01-01T00:00:00%2B02:00', []],
  ] as const)('%s', async (query, wanted) => {
    const { value } = await call(`/v1/transfers?${query}`)
    expect(value.transfers.map(({ tid }: { tid: string }) => tid)).toEqual(wanted.map((name) => tids[name]))
  })

  test('not before and before: a transfer’s own time is the edge', async () => {
    const [{ t, tid }] = (await call('/v1/transfers?limit=1')).value.transfers
    const within = await call(`/v1/transfers?from=${t}`)
    expect(within.value.transfers.map((one: { tid: string }) => one.tid)).toContain(tid)
    const without = await call(`/v1/transfers?to=${t}`)
    expect(without.value.transfers.map((one: { tid: string }) => one.tid)).not.toContain(tid)
  })

  test.each([
    'limit=0',
    'limit=201',
    'limit=1e2x',
    'cursor=abc',
    'cursor=-1',
    'cursor=9999999999999999',
    'verdict=maybe',
    'from=yesterday',
    'from=2026-01-01T23:59:60Z',
    'from=0000-01-01T00:00:00Z',
    'client=A%20B',
    'limit=1&limit=2',
    'client=acme&client=globex',
  ])('%s is refused', async (query) => {
    const { status, value } = await call(`/v1/transfers?${query}`)
    expect([status, value.code]).toEqual([400, 'REQUEST_INVALID'])
  })

  test('a line says what was decided and what became of it', async () => {
    const { transfers } = (await call('/v1/transfers?provider=tana&client=acme')).value
    expect(transfers[0]).toMatchObject({
      client: 'acme',
      provider: 'tana',
      purpose: 'payroll',
      verdict: 'treat',
      class: 'third',
      end: 'delivered',
      status: 200,
    })
    expect(transfers[0].cats['contact.email']).toEqual({ pseudonymise: 1 })
  })

  test('one transfer shows its records as they stand in the log, and no value', async () => {
    const { value, text } = await call(`/v1/transfers/${tids.treated}`)
    expect(value.records.map(({ record }: { record: { k: string } }) => record.k)).toEqual([
      'intent',
      'outcome',
    ])
    expect(text).not.toMatch(/marchetti/i)
  })

  test.each(['abc', '0'.repeat(31), 'A'.repeat(32), '%2e%2e', '%zz', `${'0'.repeat(32)}%0a`])(
    'a transfer id like %s is refused',
    async (id) => {
      const { status, value } = await call(`/v1/transfers/${id}`)
      expect([400, 404]).toContain(status)
      expect(['REQUEST_INVALID', 'NOT_FOUND']).toContain(value.code)
    },
  )
})

describe('a receipt', () => {
  test.each(['treated', 'refused'] as const)(
    'of a transfer that was %s verifies with the public key alone',
    async (which) => {
      const { value } = await call(`/v1/transfers/${tids[which]}/receipt`)
      const receipt = { ...value, leaf: Buffer.from(value.leaf, 'base64') }
      const pinned = readVkey(whole.installation.vkeys.evidence)
      expect(verifyReceipt(receipt, [pinned])).toBeTruthy()
      expect(JSON.parse(receipt.leaf.toString('utf8'))).toMatchObject({ tid: tids[which] })
      const forged = { ...receipt, leaf: Buffer.from(receipt.leaf.toString('utf8').replace('acme', 'acne')) }
      expect(() => verifyReceipt(forged, [pinned])).toThrow(IntegrityBroken)
    },
  )

  test('stands under the checkpoint that anybody may ask for', async () => {
    const { value } = await call('/v1/audit/checkpoint')
    expect(value.origin).toBe(readVkey(whole.installation.vkeys.evidence).name)
    expect(value.note.split('\n')[1]).toBe(String(value.size))
    expect((await call('/v1/audit/checkpoint?stream=access')).value.origin).not.toBe(value.origin)
  })
})

describe('why it was decided so', () => {
  test.each([
    [
      'treated',
      'en',
      /^May go to tana \(Madagascar\) for payroll, on standard contractual clauses.*replaced by pseudonyms/,
    ],
    ['treated', 'fr', /^Peut partir vers tana \(Madagascar\) pour payroll.*remplacement par des pseudonymes/],
    ['allowed', 'en', /^May go as it came to lyon \(France\) for payroll, on free movement/],
    ['allowed', 'fr', /^Peut partir tel quel vers lyon \(France\)/],
    ['refused', 'en', /^Refused, nothing may go to stale \(Madagascar\).*rule .*GDPR/],
    ['refused', 'fr', /^Refusé, rien ne part vers stale \(Madagascar\).*règle /],
  ] as const)('a transfer that was %s, in %s', async (which, lang, sentence) => {
    const { value } = await call(`/v1/transfers/${tids[which]}/explain?lang=${lang}`)
    expect(value.sentence).toMatch(sentence)
    expect(value.rules.length).toBeGreaterThan(0)
    for (const rule of value.rules) {
      expect(rule.file).toMatch(/^[a-z/-]+(\.yaml)?$/)
      expect(rule.line).toBeGreaterThan(0)
      expect(rule.article).toMatch(/GDPR|SCC|EDPB/)
      expect(rule.because).not.toBe('')
    }
  })

  test('says the same as the refusal did', async () => {
    const sent = await whole.send('/stale/lots', { body: JSON.stringify(payroll) })
    const { value } = await call(`/v1/transfers/${sent.tid}/explain`)
    expect(value.sentence).toBe(JSON.parse(sent.text).detail)
  })

  test('says the same as try did, rule by rule', async () => {
    const tried = await call('/v1/try', {
      body: { client: 'acme', provider: 'tana', target: '/lots', body: JSON.stringify(payroll) },
    })
    const { value } = await call(`/v1/transfers/${tids.treated}/explain`)
    expect(value.sentence).toBe(tried.value.explanation.sentence)
    const place = ({ rule, file, line, article }: Record<string, unknown>) =>
      `${rule} ${file}:${line} ${article}`
    expect(new Set(value.rules.map(place))).toEqual(new Set(tried.value.explanation.rules.map(place)))
  })

  test('a refusal before judging is explained by its code', async () => {
    const sent = await whole.send('/tana/lots', { body: 'MZ', type: 'application/octet-stream' })
    expect(sent.code).toBe('MEDIA_UNSUPPORTED')
    expect((await call(`/v1/transfers/${sent.tid}/explain`)).value.sentence).toMatch(
      /^Refused \(MEDIA_UNSUPPORTED\): /,
    )
    expect((await call(`/v1/transfers/${sent.tid}/explain?lang=fr`)).value.sentence).toMatch(
      /^Refusé \(MEDIA_UNSUPPORTED\) : /,
    )
  })
})

describe('what would happen', () => {
  test('try shows what the provider would receive, with pseudonyms that are nowhere kept', async () => {
    const { value } = await call(...(calls['try']!() as [string]))
    expect(value.decision).toMatchObject({ verdict: 'treat', class: 'third' })
    expect(value.outgoing.body).not.toMatch(/marchetti/i)
    const { rows } = await whole.database.superuser.query(
      'SELECT count(*)::int AS n FROM douane.vault_pseudonym',
    )
    const again = await call(...(calls['try']!() as [string]))
    expect(again.value.outgoing.body).not.toBe(value.outgoing.body)
    const after = await whole.database.superuser.query(
      'SELECT count(*)::int AS n FROM douane.vault_pseudonym',
    )
    expect(after.rows).toEqual(rows)
  })

  test.each([
    [{ client: 'acme', provider: 'nobody', body: '{}' }, 404, 'PROVIDER_UNKNOWN'],
    [{ client: 'acme', provider: 'tana', purpose: 'nothing', body: '{}' }, 403, 'PURPOSE_UNKNOWN'],
    [{ client: 'acme', provider: 'tana', target: '/a/../b', body: '{}' }, 400, 'TARGET_INVALID'],
    [{ client: 'acme', provider: 'tana', media: 'image/png', body: 'x' }, 415, 'MEDIA_UNSUPPORTED'],
    [{ client: 'acme', provider: 'tana', body: '{' }, 422, 'PAYLOAD_UNREADABLE'],
    [{ client: 'acme', provider: 'tana', extra: 1 }, 400, 'REQUEST_INVALID'],
    [{ client: 'acme' }, 400, 'REQUEST_INVALID'],
  ])('try %j → %i %s', async (body, status, code) => {
    const said = await call('/v1/try', { body })
    expect([said.status, said.value.code]).toEqual([status, code])
  })

  test('classify finds, with offsets in UTF-16 code units', async () => {
    const text = '😀 ana@example.com'
    const { findings } = (await call('/v1/classify', { body: { text } })).value
    const email = findings.find(({ category }: { category: string }) => category === 'contact.email')
    expect(text.slice(email.start, email.end)).toBe('ana@example.com')
  })

  test('a policy is checked without being taken up', async () => {
    const before = (await call('/v1/policies/active')).value
    const { value } = await call(...(calls['checkPolicy']!() as [string]))
    expect(value.bundle).toBeUndefined()
    expect(value.faults).toContainEqual(expect.objectContaining({ file: 'rules/a.yaml', line: 1 }))
    expect((await call('/v1/policies/active')).value).toEqual(before)
    const { deciding } = await whole.installation.bundles
      .get(before.bundle)
      .then((stored) => ({ deciding: stored!.files }))
    const good = await call('/v1/policies/check', { body: { files: deciding } })
    expect(good.value).toMatchObject({ bundle: before.bundle, faults: [] })
  })

  test('providers show legs, ground and expiries', async () => {
    const { providers } = (await call('/v1/providers')).value
    const stale = providers.find(({ id }: { id: string }) => id === 'stale')
    expect(stale.routes[0]).toMatchObject({ class: 'third', problems: ['tia_expired'] })
    const tana = providers.find(({ id }: { id: string }) => id === 'tana')
    expect(tana.routes[0].legs[0]).toMatchObject({ to: 'MG', ground: 'scc_ec', problems: [] })
  })
})

describe('running', () => {
  test('health and metrics need no key', async () => {
    expect((await call('/healthz', { key: '' })).value).toEqual({ state: 'alive' })
    expect((await call('/readyz', { key: '' })).value).toEqual({ state: 'ready' })
    const { text, headers } = await call('/metrics', { key: '' })
    expect(headers['content-type']).toMatch(/^text\/plain/)
    expect(text).toContain('douane_transfers_total{client="acme"')
  })
})
