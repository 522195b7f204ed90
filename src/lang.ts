/** The languages of every sentence that people read. */
export type Lang = 'en' | 'fr'

/** A sentence, or a part of one, in both. */
export type Both = Readonly<Record<Lang, string>>

/** What is written alike in both: a path, a name, a code. */
export const alike = (text: string): Both => ({ en: text, fr: text })

/** `1 rule`, `2 rules`; `1 règle`, `0 règle`, `2 règles`: in French the plural begins at two. @param fr each word takes an s */
export const counted = (count: number, lang: Lang, en: string, fr: string): string =>
  lang === 'en'
    ? `${count} ${en}${count === 1 ? '' : 's'}`
    : `${count} ${count < 2 ? fr : fr.replaceAll(/(?= |$)/g, 's')}`
