/** The list of sums of an export, and the digests by which its policies are named. */
import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { lookAt, piecesOf, readSmall } from './verify-files.ts'
import type { Report } from './verify-report.ts'

/** All that is no folder; and folders whose name is not UTF-8, so that nobody here can look into them. */
const walk = (dir: string): readonly string[] => {
  const out: string[] = []
  for (const folders = ['']; folders.length > 0;) {
    const under = folders.pop()!
    for (const entry of readdirSync(join(dir, under), { withFileTypes: true })) {
      const path = under === '' ? entry.name : `${under}/${entry.name}`
      if (entry.isDirectory() && !entry.name.includes('\ufffd')) folders.push(path)
      else out.push(path)
    }
  }
  return out
}

const safePath = (path: string): boolean =>
  /^[^\\\p{Cc}\p{Cf}\p{Cs}\p{Co}]{1,1024}$/u.test(path) &&
  path.split('/').every((part) => part !== '' && part !== '.' && part !== '..')

const piece = Buffer.allocUnsafeSlow(1 << 20)

const shaOf = (file: string): string => {
  const sum = createHash('sha256')
  for (const bytes of piecesOf(file, piece)) sum.update(bytes)
  return sum.digest('hex')
}

/** The transport check: every file there and as it was written. It proves nothing against a forger. */
export const checkSums = (dir: string, report: Report): ReadonlyMap<string, string> => {
  const listed = new Map<string, string>()
  const bytes = readSmall(dir, 'SHA256SUMS', report, 1 << 28)
  if (bytes === undefined) return listed
  if (!isUtf8(bytes)) report.add('tampered', 'SHA256SUMS', 'unreadable')
  const text = bytes.toString('utf8')
  for (const [i, line] of text.split('\n').entries()) {
    const [, sum, path] = /^([0-9a-f]{64}) {2}(.+)$/su.exec(line) ?? []
    if (sum !== undefined && path !== undefined && safePath(path) && !listed.has(path)) listed.set(path, sum)
    else if (line !== '' || i === 0) report.add('tampered', 'SHA256SUMS', 'line-unreadable', { line: i + 1 })
  }
  if (!text.endsWith('\n') || text.endsWith('\n\n')) report.add('tampered', 'SHA256SUMS', 'sums-end')
  const there = new Set(walk(dir))
  for (const [path, sum] of listed) {
    if (!there.has(path)) report.add('incomplete', path, 'missing')
    else if (lookAt(dir, path)?.isFile() !== true) report.add('tampered', path, 'not-plain')
    else if (shaOf(join(dir, path)) !== sum) report.add('tampered', path, 'changed')
  }
  for (const path of there) {
    if (path === 'SHA256SUMS' || listed.has(path)) continue
    if (ours.test(path)) report.add('tampered', printable(path), 'not-listed')
    else report.add('note', printable(path), 'not-looked-at')
  }
  return listed
}

/** Where an export has its own files: none of them is left out of the list. What a desktop adds begins with a dot. */
const ours =
  /^(?:(?:(?:log|access)(?:-[^/]+)?|keys|views|policies|policy-parts)\/(?:.+\/)?[^./][^/]*|MANIFEST\.json|VERIFY\.md|checkpoint\.[^/]+|(?:entries|batches)\.jsonl)$/su

/** A name that anyone may have chosen, safe on a terminal. */
const printable = (text: string): string => text.replace(/[^\u0020-\u007e]/g, '?').slice(0, 200)

/** A policy is named by its digest: SHA-256 over the canonical list of [path, SHA-256 of the file] (design §10). */
export const checkPolicies = (listed: ReadonlyMap<string, string>, report: Report): void => {
  const policies = new Map<string, [string, string][]>()
  for (const [path, sum] of listed) {
    const [, digest, rest] = /^policies\/([0-9a-f]{64})\/(.+)$/su.exec(path) ?? []
    if (digest === undefined || rest === undefined) continue
    const files = policies.get(digest) ?? []
    files.push([rest, sum])
    policies.set(digest, files)
  }
  for (const [digest, files] of policies) {
    const list = files.toSorted(([a], [b]) => (a < b ? -1 : 1))
    const sum = createHash('sha256').update(JSON.stringify(list)).digest('hex')
    if (sum !== digest) report.add('tampered', `policies/${digest}`, 'other-policy')
  }
}
