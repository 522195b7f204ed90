import { generateKeyPairSync } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { readPins } from '../audit/checkpoint.ts'
import { witnessVkeyOf } from '../audit/cosignature.ts'
import { witnessOver } from '../audit/witness.ts'
import { createPrivate, makeFolder, readPrivate } from '../config/private-file.ts'
import { ed25519In } from '../config/secrets.ts'
import { Misconfigured, unreadable } from '../errors.ts'
import type { Lang } from '../lang.ts'
import { openWitnessMemory } from '../store/witness-memory.ts'
import { openWitnessDoor } from '../wire/witness-door.ts'
import type { Call } from './call.ts'
import { langOption } from './lang.ts'
import { listenForStop } from './signals.ts'

interface WitnessOptions {
  readonly name: string
  readonly folder: string
  readonly logs: string
  readonly host: string
  readonly port: string
  readonly lang: Lang
}

/** The witness's key, made the first time. @throws Misconfigured */
const keyIn = (folder: string) => {
  makeFolder(folder)
  const path = join(folder, 'witness.key')
  const { privateKey } = generateKeyPairSync('ed25519')
  if (readPrivate(path) === undefined)
    createPrivate(path, Buffer.from(privateKey.export({ type: 'pkcs8', format: 'pem' })))
  return ed25519In(path, readPrivate(path) as Buffer)
}

/** `douane witness` */
export function witnessCommand(program: Command, { print, says }: Call): void {
  program
    .command('witness')
    .description(
      says(
        'cosign the heads of logs, on a machine that is not the gateway’s; keep its folder in your backups',
        'cosigne les têtes de journaux, sur une autre machine que celle de la passerelle ; gardez son dossier dans vos sauvegardes',
      ),
    )
    .requiredOption(
      '--name <name>',
      says(
        'name of this witness, as in its vkey: a host of yours',
        'nom de ce témoin, comme dans sa vkey : un hôte qui vous appartient',
      ),
    )
    .requiredOption('--folder <folder>', says('its key and what it has seen', "sa clé et ce qu'il a vu"))
    .requiredOption(
      '--logs <file>',
      says(
        'vkeys of the logs to watch, as `audit keys` prints them',
        'vkeys des journaux à observer, telles que `audit keys` les affiche',
      ),
    )
    .option(
      '--host <address>',
      says(
        'where to listen; put a TLS proxy before anything but loopback',
        "où écouter ; ailleurs qu'en boucle locale, placez un proxy TLS devant",
      ),
      '127.0.0.1',
    )
    .option('--port <port>', says('port', "port d'écoute"), '8082')
    .addOption(langOption(says))
    .action(async (options: WitnessOptions) => {
      const stop = listenForStop()
      const folder = resolve(options.folder)
      const text = await readFile(options.logs, 'utf8').catch((error: unknown) => {
        throw unreadable(options.logs, error)
      })
      const port = Number(options.port)
      if (isIP(options.host) === 0 || !/^\d{1,5}$/.test(options.port) || port > 65_535)
        throw new Misconfigured(
          '--host is an IP address, --port a number',
          '--host est une adresse IP, --port un nombre',
        )
      const signer = { name: options.name, key: keyIn(folder) }
      const witness = witnessOver(readPins(text), openWitnessMemory(folder), signer)
      const door = await openWitnessDoor(options.host, port, (asked) => witness.add(asked, new Date()))
      const vkey = witnessVkeyOf(signer)
      const url = `http://${options.host}:${door.address.port}/add-checkpoint`
      print().line({ en: `witness ${vkey}`, fr: `témoin ${vkey}` }[options.lang])
      print().line({ en: `listens on ${url}`, fr: `écoute sur ${url}` }[options.lang])
      print().value({ vkey, port: door.address.port })
      await stop.asked
      await door.close()
      stop.end()
    })
}
