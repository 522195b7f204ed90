/** No whole answer came, or none may be asked for. The message names the party, never what was sent. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered'
  readonly fr: string

  constructor(en: string, fr: string) {
    super(en)
    this.fr = fr
  }
}
