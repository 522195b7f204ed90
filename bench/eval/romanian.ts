import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readLists } from '../train/gazetteer.ts'
import { makeNames } from '../train/names.ts'
import { makeRandom } from '../train/random.ts'
import { fill } from '../train/templates.ts'
import type { Labelled } from './corpora.ts'

/**
 * No Romanian text is labelled for us: sentences of our own, none of which training has. {P} full name, {G} given
 * name, {S} surname, {C} place, {B} street, {O} firm, {D} digits.
 */
const sentences =
  `Am primit ieri un e-mail de la {P} despre factura {D}.|Vă contactez în numele doamnei {S}, care este plecată.|
Colegul meu {G} a trimis deja documentele la {C}.|Titularul contractului este {P}, domiciliat în {C}, {B}.|Medicul {P} a confirmat programarea.|
Conform discuției cu {S}, livrarea se face la {C}.|{G} a întrebat dacă poate veni mâine.|Semnătura: {P}|Nume complet: {P}|
Solicitantul {P} nu a răspuns la telefon.|Am vorbit la telefon cu {P} și cu {G}.|Domnule {S}, vă rugăm să ne trimiteți actele.|
Firma {O} a anulat comanda.|Vă rog transmiteți-i lui {G} că am ajuns.|Echipa de la {C} lucrează până vineri.|
Salariata {P} este în concediu medical.|Avocatul {P} reprezintă firma {O}.|Contact: {P}, {D}|Soția mea, {G}, a semnat în locul meu.|
Reclamația a fost depusă de {P} la sediul {O}.|Mulțumesc frumos,\n{G} {S}|Cu deosebită considerație,\n{P}`
    .split('|')
    .map((one) => one.trim())

/** Generated documents in Romanian; none if the lists of names are not there. `data` holds dev/gazetteers. */
export const romanian = (data: string, count: number): Labelled[] => {
  if (!existsSync(join(data, 'dev', 'gazetteers'))) return []
  const random = makeRandom(20261127)
  const names = makeNames(readLists(data, [], false), random)
  return Array.from({ length: count }, (_, number) => {
    const text = Array.from({ length: 3 }, () => random.pick(sentences)).join('\n')
    return fill(`generated-${number}`, 'ro', text, names, random)
  })
}
