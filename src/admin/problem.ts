/** A refusal of the control plane as a problem (RFC 9457). */
import { type Refused, refusals } from '../errors.ts'
import type { components } from './openapi-types.ts'
import type { Lang } from '../lang.ts'

/** A fault of ours says nothing but that it is one. */
export const problemOf = (refused: Refused, lang: Lang): components['schemas']['Problem'] => {
  const { code, status, detail } = refused
  const { en, fr, doEn, doFr } = refusals[code]
  const title = lang === 'fr' ? fr : en
  const said = lang === 'fr' ? (detail.fr ?? detail.en) : detail.en
  return {
    type: `urn:douane:refusal:${code}`,
    title,
    status,
    detail: code === 'INTERNAL' || said === undefined ? title : said,
    code,
    rules: [],
    categories: [],
    paths: [],
    do: lang === 'fr' ? doFr : doEn,
    forwarded: 'no',
    retryable: [408, 429, 503].includes(status),
  }
}
