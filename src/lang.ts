/** The languages of every sentence that people read. */
export type Lang = 'en' | 'fr'

/** A sentence, or a part of one, in both. */
export type Both = Readonly<Record<Lang, string>>
