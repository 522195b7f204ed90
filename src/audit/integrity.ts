import type { Both } from '../lang.ts'

/**
 * The log is not what it must be: a hole, a forged row, a fork, a tree smaller than the anchor. Whoever gets it
 * closes the gate: no transfer leaves until a person has looked. `what` is a word of this list, `index` the leaf.
 */
export type Breach =
  | 'gap'
  | 'hash'
  | 'record'
  | 'time'
  | 'seal'
  | 'chain'
  | 'boot'
  | 'revoked'
  | 'shrunk'
  | 'fork'
  | 'tile'
  | 'tree'
  | 'checkpoint'

/** What is seen at the leaf. */
const seen: Readonly<Record<Breach, Both>> = {
  gap: { en: 'gap', fr: 'trou' },
  hash: {
    en: 'a hash that is not of its record',
    fr: "une empreinte qui n'est pas celle de l'enregistrement",
  },
  record: { en: 'a record that does not belong there', fr: "un enregistrement qui n'a pas sa place" },
  time: {
    en: 'a record from the future (is the clock of the database right?)',
    fr: "un enregistrement du futur (l'horloge de la base est-elle à l'heure ?)",
  },
  seal: { en: 'a seal that does not hold', fr: 'un sceau qui ne tient pas' },
  chain: { en: 'a chain that does not go on', fr: 'une chaîne qui ne se poursuit pas' },
  boot: { en: 'a boot that is not certified', fr: 'un démarrage non certifié' },
  revoked: { en: 'a boot whose key was revoked', fr: 'un démarrage dont la clé est révoquée' },
  shrunk: { en: 'shorter than what was signed', fr: 'plus court que ce qui a été signé' },
  fork: {
    en: 'another history than the one that was signed',
    fr: 'une autre histoire que celle qui a été signée',
  },
  tile: { en: 'a tile that is not of its records', fr: "une tuile qui n'est pas celle des enregistrements" },
  tree: { en: 'a tree that is not of its records', fr: "un arbre qui n'est pas celui des enregistrements" },
  checkpoint: {
    en: 'a head that is not of its records',
    fr: "une tête qui n'est pas celle des enregistrements",
  },
}

export class IntegrityBroken extends Error {
  override readonly name = 'IntegrityBroken'
  readonly fr: string
  readonly what: Breach
  readonly index: number

  constructor(what: Breach, index: number) {
    const said = seen[what]
    super(`audit log broken at leaf ${index}: ${said.en}`)
    this.fr = `journal rompu à la feuille ${index} : ${said.fr}`
    this.what = what
    this.index = index
  }
}
