import type { Both } from '../lang.ts'
import { write } from './fault-words.ts'

/** What is wrong with an address of a register entry. */
export interface AddressFault {
  readonly message: Both
  readonly hint?: Both
}

/** 127.0.0.0/8, ::1 and localhost: where a demo or a local bridge may speak plain http. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host)

const parse = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined)

const safeScheme = (url: URL): boolean =>
  url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))

const noAddress: Both = { en: 'this is not an address', fr: "ceci n'est pas une adresse" }
const endAtPath: Both = { en: 'end it at the path', fr: 'arrêtez-la au chemin' }

const secure: AddressFault = {
  message: {
    en: 'the address must begin with https://',
    fr: "l'adresse doit commencer par https://",
  },
  hint: {
    en: 'plain http is for loopback addresses only',
    fr: 'http sans chiffrement est réservé aux adresses de cette machine',
  },
}

/**
 * base_url is what every outgoing URL begins with and what the provider's credential is bound to, so it is
 * written in exactly one way: the URL parser may not change a letter of it.
 */
export const baseUrlFault = (text: string): AddressFault | undefined => {
  const url = parse(text)
  if (url === undefined) return { message: noAddress, hint: write('https://api.example.com/path') }
  if (url.username !== '' || url.password !== '') {
    return {
      message: {
        en: 'the address carries credentials',
        fr: "l'adresse contient un identifiant ou un secret",
      },
      hint: {
        en: 'keep them with douane keys provider',
        fr: 'confiez-les à douane keys provider',
      },
    }
  }
  if (text.includes('?'))
    return {
      message: { en: 'the address carries a query', fr: "l'adresse contient des paramètres (?)" },
      hint: endAtPath,
    }
  if (text.includes('#'))
    return {
      message: { en: 'the address carries a fragment', fr: "l'adresse contient un fragment (#)" },
      hint: endAtPath,
    }
  if (!safeScheme(url)) return secure
  if (url.href !== text && url.href !== `${text}/`) {
    return {
      message: {
        en: 'the address is not in its plain form',
        fr: "l'adresse n'est pas sous sa forme simple",
      },
      hint: write(url.href),
    }
  }
  if (/%2f|%5c|%00|%2e|\/\//i.test(url.pathname)) {
    return {
      message: {
        en: 'the path of the address has // or an encoded separator',
        fr: "le chemin de l'adresse contient // ou un séparateur encodé",
      },
      hint: { en: 'write plain segments', fr: 'écrivez des segments simples' },
    }
  }
  return undefined
}

/** hosts are origins: scheme, host, port. */
export const originFault = (text: string): AddressFault | undefined => {
  const url = parse(text)
  if (url === undefined) return { message: noAddress, hint: write('https://files.example.com') }
  if (!safeScheme(url)) return secure
  return url.origin === text
    ? undefined
    : {
        message: {
          en: 'an origin is scheme, host and port only',
          fr: 'une origine ne comporte que le schéma, le nom et le port',
        },
        hint: write(url.origin),
      }
}

/** Headers that a register may never pass: they belong to the connection, to identity, or to the gateway. */
const ours =
  /^(?:host|connection|keep-alive|te|trailer|transfer-encoding|upgrade|expect|content-length|content-encoding|accept-encoding|authorization|cookie|forwarded|via|proxy-.*|x-forwarded-.*|douane-.*)$/

export const isOurHeader = (name: string): boolean => ours.test(name)
