import { readFile } from 'node:fs/promises'
import { Misconfigured } from '../errors.ts'

const inFrench = "l'entrée standard"

/**
 * A file, or standard input, as it is: a byte order mark stays.
 * @throws Misconfigured if it cannot be read or is not UTF-8
 */
export async function readText(file: string | undefined): Promise<string> {
  let bytes: Buffer
  try {
    bytes = file === undefined ? await standardInput() : await readFile(file)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new Misconfigured(
      `${file ?? 'standard input'} cannot be read (${code})`,
      `${file ?? inFrench} : lecture impossible (${code})`,
    )
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new Misconfigured(
      `${file ?? 'standard input'} is not UTF-8`,
      `${file ?? inFrench} n'est pas en UTF-8`,
    )
  }
}

async function standardInput(): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
