/** The files of an export, read with limits: a bundle is hostile until it is verified. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { lstat, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Report } from './verify-report.ts'

const maxSmall = 1_048_576

/** A file of the bundle: regular, not larger than it may be. */
export const readSmall = async (
  dir: string,
  path: string,
  report: Report,
  most = maxSmall,
): Promise<Buffer | undefined> => {
  const at = await lstat(join(dir, path)).catch(() => undefined)
  if (at === undefined) report.add('incomplete', path, 'is missing')
  else if (!at.isFile() || at.size > most)
    report.add('tampered', path, 'is not a file of the size it may have')
  else return await readFile(join(dir, path))
  return undefined
}

/** Lines of a file, each with its line feed taken off; a line longer than `most` ends it. */
export async function* linesOf(file: string, most: number): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>) {
    const data = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    let from = 0
    for (let end = data.indexOf(10); end >= 0; end = data.indexOf(10, from)) {
      yield data.subarray(from, end)
      from = end + 1
    }
    rest = data.subarray(from)
    if (rest.length > most) return
  }
  if (rest.length > 0) yield Buffer.concat([rest, Buffer.from('\u0000')])
}

const walk = async (dir: string, under = ''): Promise<readonly string[]> => {
  const out: string[] = []
  for (const entry of await readdir(join(dir, under), { withFileTypes: true })) {
    const path = under === '' ? entry.name : `${under}/${entry.name}`
    if (entry.isDirectory()) out.push(...(await walk(dir, path)))
    else out.push(path)
  }
  return out
}

const safePath = (path: string): boolean =>
  /^[^\\\p{C}]{1,1024}$/u.test(path) &&
  path.split('/').every((part) => part !== '' && part !== '.' && part !== '..')

const shaOf = async (file: string): Promise<string> => {
  const sum = createHash('sha256')
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>)
    sum.update(chunk)
  return sum.digest('hex')
}

/** The transport check: every file there and as it was written. It proves nothing against a forger. */
export const checkSums = async (dir: string, report: Report): Promise<ReadonlyMap<string, string>> => {
  const listed = new Map<string, string>()
  const text = (await readSmall(dir, 'SHA256SUMS', report, 1 << 28))?.toString('utf8')
  if (text === undefined) return listed
  for (const [i, line] of text.split('\n').entries()) {
    const [, sum, path] = /^([0-9a-f]{64}) {2}(.+)$/u.exec(line) ?? []
    if (sum !== undefined && path !== undefined && safePath(path) && !listed.has(path)) listed.set(path, sum)
    else if (line !== '' || i === 0) report.add('tampered', 'SHA256SUMS', `line ${i + 1} cannot be read`)
  }
  if (!text.endsWith('\n') || text.endsWith('\n\n'))
    report.add('tampered', 'SHA256SUMS', 'does not end as it should')
  const there = new Set(await walk(dir))
  for (const [path, sum] of listed) {
    if (!there.has(path)) report.add('incomplete', path, 'is missing')
    else if (!(await lstat(join(dir, path))).isFile()) report.add('tampered', path, 'is not a plain file')
    else if ((await shaOf(join(dir, path))) !== sum) report.add('tampered', path, 'is not as it was exported')
  }
  for (const path of there) {
    if (path === 'SHA256SUMS' || listed.has(path)) continue
    if (ours.test(path)) report.add('tampered', printable(path), 'is not listed in SHA256SUMS')
    else report.add('note', printable(path), 'is not listed in SHA256SUMS and was not looked at')
  }
  return listed
}

/** Where an export has its own files: none of them is left out of the list. What a desktop adds begins with a dot. */
const ours =
  /^(?:(?:log|access|keys|views|policies)\/(?:.+\/)?[^./][^/]*|MANIFEST\.json|VERIFY\.md|checkpoint\.[^/]+|(?:entries|batches)\.jsonl)$/u

/** A name that anyone may have chosen, safe on a terminal. */
const printable = (text: string): string => text.replace(/[^\u0020-\u007e]/g, '?').slice(0, 200)

/** A policy is named by its digest: SHA-256 over the canonical list of [path, SHA-256 of the file] (design §10). */
export const checkPolicies = (listed: ReadonlyMap<string, string>, report: Report): void => {
  const policies = new Map<string, [string, string][]>()
  for (const [path, sum] of listed) {
    const [, digest, rest] = /^policies\/([0-9a-f]{64})\/(.+)$/u.exec(path) ?? []
    if (digest === undefined || rest === undefined) continue
    const files = policies.get(digest) ?? []
    files.push([rest, sum])
    policies.set(digest, files)
  }
  for (const [digest, files] of policies) {
    const list = files.toSorted(([a], [b]) => (a < b ? -1 : 1))
    const sum = createHash('sha256').update(JSON.stringify(list)).digest('hex')
    if (sum !== digest) report.add('tampered', `policies/${digest}`, 'is not the policy of this digest')
  }
}
