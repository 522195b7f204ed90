import { isoTime } from '../audit/record.ts'
import type { AccessBody } from '../model/record.ts'

/** The record that somebody looked: who, in which roles, at what, and how many; never at which values. */
export const accessBody = (
  who: string,
  roles: readonly string[],
  act: string,
  count: number,
  filter?: string,
): AccessBody => ({
  v: 1,
  k: 'access',
  t: isoTime(new Date()),
  who,
  roles: [...roles],
  act,
  ...(filter === undefined ? {} : { filter }),
  count,
})
