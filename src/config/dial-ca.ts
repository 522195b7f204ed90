import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Misconfigured, unreadable } from '../errors.ts'

/**
 * The authorities of `dial_ca`, each as PEM; undefined if the setting is silent.
 * @throws Misconfigured if the file cannot be read or holds no certificate
 */
export const readDialCa = (settings: {
  readonly home: string
  readonly dial_ca?: string
}): readonly string[] | undefined => {
  if (settings.dial_ca === undefined) return undefined
  const path = resolve(settings.home, settings.dial_ca)
  let text: string
  try {
    text = readFileSync(path, 'latin1')
  } catch (error) {
    throw unreadable(path, error, { setting: 'dial_ca' })
  }
  const found = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)
  if (found === null)
    throw new Misconfigured(
      `dial_ca: ${path} holds no certificate in PEM`,
      `dial_ca : ${path} ne contient aucun certificat au format PEM`,
    )
  return found
}
