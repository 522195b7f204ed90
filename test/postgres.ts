/**
 * One PostgreSQL for a run of a project that needs it: in memory if there is /dev/shm, nothing durable, with a
 * migrated template database that test/store/database.ts copies for each file.
 */
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from '../src/store/embedded.ts'
import type { Connection } from '../src/store/embedded.ts'
import { migrate } from '../src/store/migrate.ts'
import { roles } from '../src/store/pool.ts'
import type { Role } from '../src/store/pool.ts'

export interface TestServer {
  /** The superuser, on the template: give it another database before use. */
  readonly admin: Connection
  readonly passwords: Readonly<Record<Role, string>>
}

declare module 'vitest' {
  export interface ProvidedContext {
    readonly postgres: TestServer
  }
}

export const template = 'template_douane'

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'douane-test-'))
  // memory is often mounted noexec, so what must be staged is staged on disk
  const staging = mkdtempSync(join(tmpdir(), 'douane-staging-'))
  chmodSync(staging, 0o755)
  const clean = (): void =>
    [home, staging].forEach((folder) => rmSync(folder, { recursive: true, force: true }))
  try {
    const root = resolve(import.meta.dirname, '..')
    const server = await startEmbedded({
      home,
      staging,
      project: root,
      durable: false,
      database: template,
    })
    const passwords = Object.fromEntries(roles.map((role) => [role, server.secret(`${role}.password`)]))
    await migrate(server.admin, passwords)
    project.provide('postgres', { admin: server.admin, passwords: passwords as Record<Role, string> })
    return async () => {
      await server.stop()
      clean()
    }
  } catch (error) {
    clean()
    throw error
  }
}
