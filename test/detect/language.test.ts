import { expect, test } from 'vitest'
import { makeBudget } from '../../src/detect/budget.ts'
import { isCovered } from '../../src/detect/language.ts'
import { enter, scan, withSite } from '../../src/detect/scan.ts'

/** Whether the language is covered, and what it cost beside one look at each sign. */
const told = (text: string) => {
  const budget = makeBudget(text.length)
  return withSite(budget, (site) => {
    enter(site, text, null, false)
    scan(site)
    const before = budget.spent
    return { covered: isCovered(site), asked: budget.spent > before }
  })
}

test.each([
  ['fr', 'Bonjour, je n’ai pas reçu le colis et je voudrais savoir où il est.'],
  ['en', 'Hello, I have not received the parcel and would like to know where it is.'],
  ['de', 'Im Vertrag ist das Gehalt der Angestellten, die seit März beim Zoll arbeitet, zu hoch angesetzt.'],
  [
    'es',
    'La paciente fue ingresada en la clínica con dolor y sin fiebre, y la doctora habló con la familia.',
  ],
  ['it', 'Il dipendente è stato assunto nella sede della società e non per un anno, come era stato scritto.'],
  ['pt', 'O cliente disse que não recebeu a fatura nos últimos meses e que os seus dados foram mudados.'],
  ['nl', 'De klant heeft niet betaald, maar wij zijn er zeker van dat het aan de bank ligt.'],
])('%s is told by its function words alone', (_language, text) => {
  expect(told(text)).toEqual({ covered: true, asked: false })
})

test.each([
  ['sv', 'Hej, jag har inte fått mitt paket ännu och undrar var det är någonstans, kan ni hjälpa mig?'],
  [
    'sv',
    'Kunden ringde i går och sade att fakturan för mars var fel, men vi har inte hittat något i systemet.',
  ],
  ['da', 'Hej, jeg har ikke modtaget min pakke endnu, og jeg vil gerne vide hvor den er henne lige nu.'],
  ['da', 'Kunden ringede i går og sagde at fakturaen var forkert, men vi kan ikke finde den i systemet.'],
  ['no', 'Hei, jeg har ikke fått pakken min ennå og lurer på hvor den er, kan dere hjelpe meg med det?'],
  ['fi', 'Hei, en ole vielä saanut pakettiani ja haluaisin tietää missä se on, voitteko auttaa minua?'],
  ['hu', 'Az ügyfél tegnap felhívott és azt mondta hogy a számla hibás, de nem találunk semmit.'],
  ['hu', 'Este van már és a dolgozó beteg, de a bérét el kell küldeni neki a hónap végén.'],
  ['tr', 'Müşteri dün aradı ve faturanın yanlış olduğunu söyledi ama sistemde bir şey bulamadık.'],
])('%s is not covered, whatever words it shares', (_language, text) => {
  expect(told(text).covered).toBe(false)
})
