import type { Doc } from './corpus.ts'
import type { NameMaker } from './names.ts'
import { germanNamed, germanUnnamed } from './prose-german.ts'
import type { Random } from './random.ts'
import { fill } from './templates.ts'

/**
 * Sentences of running text of our own, as reports, minutes and articles have them: a surname alone, with nothing before it
 * that says so, and the same places in a sentence held by nouns, firms and towns that are no person. {S} {G} {P} {C}
 * {O} as in templates.ts; {S}s is the genitive.
 */
const written: Readonly<Record<string, readonly [named: string, unnamed: string]>> = {
  de: [
    `{S} wird morgen in {C} erwartet.|{S} hatte den Vorschlag abgelehnt.|{S} ist seit Jahren dabei.|{S} muss nun zahlen.|{S} will sich dazu nicht äußern.|{S} konnte den Termin nicht halten.|
    {S} lebt mit seiner Familie in {C}.|{S} bestimmte zuerst die Grenzen.|Laut {S} war alles abgesprochen.|Nach {S} übernahm {P} die Leitung.|Auch {S} und {S} stimmten zu.|Denn {S}s Stimme fehlte.|{S}s Entscheidung überraschte alle.|
    Mit {S}s Hilfe gelang der Umbau.|Seit {S}s Rücktritt ist die Stelle frei.|Über {S}s Absichten wird gerätselt.|Eine von {S}s Stärken ist die Geduld.|Tatsächlich hatte sich {S} darauf berufen.|Als sich {S} weigerte, ging {S} allein.|
    Sie vermuten, dass {S} Zeit gewinnen will.|Ob {S} kommt, ist offen.|Weil {S} krank war, sprach {S}.|Auf die Frage, warum {S} so erfolgreich sei, schwieg er.|Im Laufe der Zeit sind {G} und {S} Freunde geworden.|
    Dies war das Resümee von {S} und {S}.|Er nennt den Kritiker {P} ungeduldig.|Nach dem Sieg gegen {S} war {G} müde.|Das Tor schoss {S} in der letzten Minute.|Für {S} kam {S} ins Spiel.|Gegen {S} wird ermittelt.|
    „Das war knapp“, sagte {S}.|„Wir zahlen“, erklärte {S} am Montag.|{S}: „Das stimmt nicht.“|Wie {S} betonte, bleibt es dabei.|So {S} weiter.|{S} (54) arbeitet bei der {O}.|Der Bildhauer {S} schuf das Werk.|Die Autorin {P} liest in {C}.|
    Es folgten {P}, {P} und {P}.|Unter Trainer {S} stieg der Verein ab.|Unter der Regie von {S} entstand der Film.|Bei {S} in {C} wurde gefeiert.|Zwischen {S} und {S} gab es Streit.|Wurde {S} zu früh entlassen?|Kennt {S} die Zahlen?|
    Zu {S} fuhr niemand.|Von {S} stammt der Entwurf.|In {C} traf {S} auf {S}.|Seine Frau {G} ist Lehrerin.|{S}, der aus {C} stammt, singt.|{S}, {G}: Geschichte der Stadt {C}.|Vgl. {S}, Handbuch, S. 12.|Neben {S} saß {G}.|
    Das Amt ging an {S}.|Hier irrt {S}.|Damals schrieb {S} an {S}.|Schon {S} wusste das.|Nur {S} fehlte.|Anders als {S} will {S} bleiben.|${germanNamed}`,
    `Vertrauen wird nicht verlangt.|Wasser ist knapp.|Strom muss teurer werden.|Laut Vertrag war alles abgesprochen.|Nach Abschluss der Arbeiten übernahm die Firma die Leitung.|Auch Kinder und Rentner stimmten zu.|Des Landes Stimme fehlte.|
    Mit Hilfe der Nachbarn gelang der Umbau.|Seit Beginn des Jahres ist die Stelle frei.|Über Absichten wird gerätselt.|Sie vermuten, dass Regen kommt.|Ob Schnee fällt, ist offen.|Weil Personal fehlte, blieb der Schalter zu.|
    Gegen Mittag wird gelüftet.|Für Haus und Garten kam Besuch.|Das Tor schoss der Stürmer in der letzten Minute.|Der Hammer und der Verschluss klemmen.|Die Aufgabe der Barone war einfach.|Bei Frost in {C} wurde gestreut.|
    Zwischen Ufer und Straße gab es Streit.|Unter Wasser stieg der Druck.|Von Anfang an stammt der Entwurf aus {C}.|{O} wird morgen in {C} erwartet.|{C} hatte den Vorschlag abgelehnt.|{C}s Bürgermeister schweigt.|
    Neben Brot und Käse stand Wein.|Anders als Eisen rostet Kupfer nicht.|Hier irrt der Ausschuss.|Kennt jeder die Zahlen?|Vgl. Handbuch, S. 12.|Das Unternehmen, das aus {C} stammt, wächst.|Im Sinne der Anlage gilt Absatz 2.|
    Ansprüche aus Vertrag bleiben unberührt.|Beton, Stahl und Glas sind teuer.|Familie und Beruf sind vereinbar.|Gesundheit geht vor.|Urlaub muss beantragt werden.|Ware wurde geliefert, Rechnung folgt.|Termin verschoben, Rückruf erbeten.|Anlage A und Anlage B liegen bei.|Der Fall A ist anders als Fall B.|Die Gruppe C trat zurück.|In Klasse B gilt das nicht.|Punkt D entfällt.|Die A GmbH zahlte.|Vitamin D fehlt.|Nach Art. 6 Abs. 1 Buchst. f ist das erlaubt.|Haus E steht leer.|Spalte F bleibt frei.|${germanUnnamed}`,
  ],
  en: [
    `{S} is expected in {C} tomorrow.|{S} had turned the offer down.|{S} said on Monday that nothing had changed.|{S}'s decision surprised everyone.|According to {S}, it was agreed.|"We will pay," {S} said.|Both {S} and {S} agreed.|
    It was up to {S}.|Because {S} was ill, {S} spoke.|{S}, who lives in {C}, sings.|They believe that {S} wants more time.|Under {S}, the club went down.|{S} (54) works at {O}.|After {S} left, {P} took over.|Has {S} seen this?|
    The painter {S} was born in {C}.|{P}, {P} and {P} followed.|I met {S} at the office.|Nobody told {S}.|Only {S} was missing.|See {S}, Handbook, p. 12.|Compare {S} and {S} (2004).|{G} and Miss {S} have become friends.`,
    `Trust is not asked for.|Water is scarce.|According to plan, it was agreed.|Both Sales and Marketing agreed.|{O} is expected in {C} tomorrow.|{C}'s mayor is silent.|Monday is a holiday.|Because Parliament was closed, nobody spoke.|
    Has Legal seen this?|Only Finance was missing.|See Section 4, p. 12.|Under Article 5, the contract ends.|Invoice sent, payment due Friday.|Delivery and Returns are free.|please measure width, height and depth|milk, eggs, butter, cherries, plums|red, green, blue|router, modem, socket, charger|size, colour, weight, price|knee, elbow, shoulder, ankle|Steel, Glass and Concrete are expensive.`,
  ],
  fr: [
    `{S} est attendu à {C} demain.|{S} avait refusé la proposition.|La décision de {S} a surpris.|Selon {S}, tout était convenu.|« Nous paierons », a dit {S}.|{S} et {S} sont d'accord.|Comme {S} était malade, {S} a parlé.|D'après {S}, rien ne change.|
    {S}, qui vit à {C}, chante.|Sous {S}, le club est descendu.|{S} (54 ans) travaille chez {O}.|Après le départ de {S}, {P} a pris la suite.|Il ne manquait que {S}.|Personne n'a prévenu {S}.|Chez {S}, on a fêté cela.|Le peintre {S} est né à {C}.`,
    `L'eau est rare.|Selon le contrat, tout était convenu.|{O} est attendu à {C} demain.|Le maire de {C} se tait.|Lundi est férié.|Facture envoyée, paiement attendu.|Comme le Parlement était fermé, personne n'a parlé.|Voir Annexe 4, p. 12.|largeur, hauteur, profondeur|lait, oeufs, beurre, cerises|genou, coude, épaule, cheville|taille, couleur, poids, prix`,
  ],
  es: [
    `{S} llega mañana a {C}.|{S} había rechazado la oferta.|La decisión de {S} sorprendió a todos.|Según {S}, todo estaba acordado.|«Pagaremos», dijo {S}.|Tanto {S} como {S} aceptaron.|Como {S} estaba enfermo, habló {S}.|{S}, que vive en {C}, canta.|
    {S} (54) trabaja en {O}.|Tras la salida de {S}, {P} tomó el mando.|Solo faltaba {S}.|Nadie avisó a {S}.|El pintor {S} nació en {C}.`,
    `El agua es escasa.|Según el contrato, todo estaba acordado.|{O} llega mañana a {C}.|El alcalde de {C} calla.|Factura enviada, pago pendiente.|Véase Anexo 4, p. 12.|ancho, alto, fondo|leche, huevos, mantequilla|rodilla, codo, hombro|Como el Congreso estaba cerrado, nadie habló.`,
  ],
  it: [
    `{S} arriva domani a {C}.|{S} aveva rifiutato l'offerta.|La decisione di {S} ha sorpreso tutti.|Secondo {S}, era tutto concordato.|«Pagheremo», ha detto {S}.|Sia {S} che {S} erano d'accordo.|Poiché {S} era malato, ha parlato {S}.|
    {S}, che vive a {C}, canta.|{S} (54 anni) lavora alla {O}.|Dopo l'addio di {S}, {P} ha preso il posto.|Mancava solo {S}.|Il pittore {S} è nato a {C}.`,
    `L'acqua è scarsa.|Secondo il contratto, era tutto concordato.|{O} arriva domani a {C}.|Il sindaco di {C} tace.|Fattura inviata, pagamento in attesa.|Vedi Allegato 4, p. 12.|larghezza, altezza, profondità|latte, uova, burro|ginocchio, gomito, spalla`,
  ],
  pt: [
    `{S} chega amanhã a {C}.|{S} tinha recusado a proposta.|A decisão de {S} surpreendeu todos.|Segundo {S}, estava tudo combinado.|«Vamos pagar», disse {S}.|Tanto {S} como {S} aceitaram.|Como {S} estava doente, falou {S}.|{S}, que vive em {C}, canta.|
    {S} (54) trabalha na {O}.|Depois da saída de {S}, {P} assumiu.|Só faltava {S}.|O pintor {S} nasceu em {C}.|Para {S}, o jogo acabou.|O golo de {S} deu a vitória.|{S} e {S} não jogam.`,
    `A água é escassa.|Segundo o contrato, estava tudo combinado.|{O} chega amanhã a {C}.|O presidente da câmara de {C} cala-se.|Fatura enviada, pagamento pendente.|Ver Anexo 4, p. 12.|largura, altura, profundidade|leite, ovos, manteiga|moro na rua do lado|joelho, cotovelo, ombro`,
  ],
  nl: [
    `{S} wordt morgen in {C} verwacht.|{S} had het voorstel afgewezen.|De beslissing van {S} verraste iedereen.|Volgens {S} was alles afgesproken.|'Wij betalen', zei {S}.|Zowel {S} als {S} stemde in.|Omdat {S} ziek was, sprak {S}.|{S}, die in {C} woont, zingt.|
    {S} (54) werkt bij {O}.|Na het vertrek van {S} nam {P} het over.|Alleen {S} ontbrak.|De schilder {S} werd in {C} geboren.|{S}s besluit staat vast.`,
    `Water is schaars.|Volgens het contract was alles afgesproken.|{O} wordt morgen in {C} verwacht.|De burgemeester van {C} zwijgt.|Factuur verstuurd, betaling volgt.|Zie Bijlage 4, p. 12.|breedte, hoogte, diepte|melk, eieren, boter|knie, elleboog, schouder`,
  ],
  pl: [
    `{S} przyjedzie jutro do {C}.|{S} odrzucił propozycję.|Decyzja {S} zaskoczyła wszystkich.|Według {S} wszystko było uzgodnione.|„Zapłacimy”, powiedział {S}.|Zarówno {S}, jak i {S} się zgodzili.|Brakowało tylko {S}.|Malarz {S} urodził się w {C}.|{S} (54 l.) pracuje w {O}.`,
    `Wody jest mało.|Według umowy wszystko było uzgodnione.|{O} przyjedzie jutro do {C}.|Burmistrz {C} milczy.|Faktura wysłana, płatność w toku.|Patrz Załącznik 4, s. 12.|szerokość, wysokość, głębokość|mleko, jajka, masło|kolano, łokieć, bark`,
  ],
  ro: [
    `{S} vine mâine la {C}.|{S} a refuzat propunerea.|Decizia lui {S} i-a surprins pe toți.|Potrivit lui {S}, totul era stabilit.|„Vom plăti”, a spus {S}.|Atât {S}, cât și {S} au acceptat.|Lipsea doar {S}.|Pictorul {S} s-a născut la {C}.|{S} (54 de ani) lucrează la {O}.`,
    `Apa este puțină.|Potrivit contractului, totul era stabilit.|{O} vine mâine la {C}.|Primarul din {C} tace.|Factură trimisă, plată în curs.|Vezi Anexa 4, p. 12.|lățime, înălțime, adâncime|lapte, ouă, unt|genunchi, cot, umăr`,
  ],
}

const listOf = (text: string): string[] =>
  text
    .split('|')
    .map((one) => one.trim())
    .filter((one) => one !== '')

export const proseDocs = (count: number, names: NameMaker, random: Random): Doc[] => {
  const languages = Object.entries(written).map(
    ([lang, [named, unnamed]]) => [lang, listOf(named), listOf(unnamed)] as const,
  )
  // German writes every noun with a capital: it needs as many sentences as four others.
  const weighted = languages.flatMap((one) => (one[0] === 'de' ? [one, one, one, one] : [one]))
  return Array.from({ length: count }, (_, number) => {
    const [lang, named, unnamed] = random.pick(weighted)
    const text = Array.from({ length: 1 + random.below(3) }, () =>
      random.pick(random.chance(0.6) ? named : unnamed),
    ).join(' ')
    return fill(`prose-${number}`, lang, text, names, random)
  })
}
