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

export class IntegrityBroken extends Error {
  override readonly name = 'IntegrityBroken'
  readonly what: Breach
  readonly index: number

  constructor(what: Breach, index: number) {
    const said = what === 'time' ? 'a record from the future (is the clock of the database right?)' : what
    super(`audit log broken at leaf ${index}: ${said}`)
    this.what = what
    this.index = index
  }
}
