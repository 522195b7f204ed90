import { createHash } from 'node:crypto'
import { contextWords } from './lexicon/context.ts'
import * as frequent from './lexicon/frequent.ts'
import * as forms from './lexicon/forms.ts'
import * as keys from './lexicon/keys.ts'
import { specialRows } from './lexicon/special.ts'
import { endings } from './lexicon/special/endings.ts'
import * as frames from './lexicon/special/frames.ts'
import { covered } from './language.ts'
import { ambiguousGiven, givenNames } from './names/given.ts'
import { modelDigest, namesRevision } from './names/tagged.ts'
import type { OwnRecogniser } from './own/own.ts'
import { pastedRevision } from './pasted.ts'
import { recogniserDigest } from './recognisers/table.ts'
import { talkRevision } from './talk/talk.ts'

const plain = (_key: string, value: unknown): unknown => (value instanceof Set ? [...value] : value)

/** SHA-256, lower-case hex, over lexicons and recognisers as loaded: two detectors of one version find the same. */
export const versionOf = (own: readonly OwnRecogniser[]): string => {
  const ours = (builtIn ??= builtInVersion())
  return own.length === 0 ? ours : createHash('sha256').update(ours).update(JSON.stringify(own)).digest('hex')
}

let builtIn: string | undefined
const builtInVersion = (): string =>
  createHash('sha256')
    .update(
      JSON.stringify(
        [
          contextWords,
          frequent,
          forms,
          keys,
          specialRows,
          endings,
          frames,
          [...covered],
          givenNames,
          ambiguousGiven,
        ],
        plain,
      ),
    )
    .update(recogniserDigest())
    .update(`talk ${talkRevision}, pasted ${pastedRevision}, names ${namesRevision}`)
    .update(modelDigest)
    .digest('hex')
