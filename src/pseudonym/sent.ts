/** What one transfer sent: its own answer is restored from this, whatever the state of the vault. */
import type { Category } from '../model/category.ts'
import type { Original } from './seal.ts'

export interface SentValue extends Original {
  readonly category: Category
}

/** Nine data symbols → what they stand for. Lives as long as the transfer, in memory only. */
export type Sent = ReadonlyMap<string, SentValue>

export const nothingSent: Sent = new Map()
