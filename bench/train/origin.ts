/** Names of one origin: a country or a language. */
export interface Origin {
  readonly given: readonly string[]
  readonly surnames: readonly string[]
}
