import { readFile } from 'node:fs/promises'
import { Misconfigured } from '../errors.ts'

/**
 * A file, or standard input, as it is: a byte order mark stays.
 * @throws Misconfigured if it cannot be read or is not UTF-8
 */
export async function readText(file: string | undefined): Promise<string> {
  const name = file ?? 'standard input'
  let bytes: Buffer
  try {
    bytes = file === undefined ? await standardInput() : await readFile(file)
  } catch (error) {
    throw new Misconfigured(`${name} cannot be read (${(error as NodeJS.ErrnoException).code})`)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new Misconfigured(`${name} is not UTF-8`)
  }
}

async function standardInput(): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
