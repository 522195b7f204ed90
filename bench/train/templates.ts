import type { Doc } from './corpus.ts'
import { inflected, type NameMaker } from './names.ts'
import type { Random } from './random.ts'

/**
 * Sentences of our own. {P} full name, {G} given name, {S} surname, {I} initials, {1} {2} the same person
 * throughout: persons. {E} e-mail address. {C} place, {B} street or building that
 * bears a name, {O} firm: not persons. {D} digits. Each language: openings | sentences | closings.
 */
const written: Readonly<Record<string, readonly [string, string, string]>> = {
  fr: [
    `Bonjour,|Bonjour {G},|Bonjour Madame {S},|Bonjour M. {S},|Cher {G},|Chère {G},|Bonsoir,|Salut {G} !|Madame, Monsieur,|Bonjour à tous,|Coucou {G}|Docteur {S},|Cher Monsieur {S},`,
    `je suis {P} et ma commande n° {D} n'est pas arrivée.|Merci de rappeler {P} au {D}.|J'ai vu {G} hier, {P} n'était pas là.|Mme {S} demande un remboursement.|Le dossier de {P} est complet.|{P} a appelé ce matin au sujet de sa facture.|Mon conseiller, {P}, m'a dit que tout était en ordre.|Pouvez-vous transmettre à {G} et {G} ?|{G} {S} habite à {C}, {D} {B}.|Nom : {S}\nPrénom : {G}|Client : {P}|Patient : {P}, né le {D} à {C}|Contact : {P} ({O})|Le Dr {S} a signé l'ordonnance.|Vu avec {P} le {D}.|Selon {P}, le colis est parti de {C}.|La réunion avec {O} est reportée.|L'agence de {C} est fermée le lundi.|Je vous écris de la part de {P}.|Ma fille {G} est inscrite au Lycée {B}.|{S} {G}, matricule {D}, absent depuis lundi.|Prime versée à {S} en novembre.|Présents : {P}, {P}, {P}|De : {P}\nÀ : {P}\nObjet : Facture|Service Clients, Direction Générale, Ressources Humaines.|C'est {S} qui a pris l'appel.|{G} de la compta doit valider.|L'interlocuteur était {P}, responsable du site de {C}.|Rdv chez {O} avec {G}.|dixit {S}, rien à signaler.|Merci {G}, bonne journée.|Bon de Livraison et Conditions Générales de Vente.|Hôpital {B}, Service de Cardiologie|Elle s'appelle {P}.`,
    `Cordialement,\n{P}|Cordialement,\n{G}|Bien à vous,\n{P}\n{O}|Merci,\n{G} {S}|Bonne journée,\n{P}\nResponsable Qualité\n{O}|Bien cordialement\n{P}|{G}|A bientôt,\n{G}|Cordialement, {P}|L'équipe {O}|Le Service Client|`,
  ],
  en: [
    `Hello,|Hi {G},|Dear {G},|Dear Mr {S},|Dear Ms. {S},|Hi there,|Good morning {G},|Dear Sir or Madam,|Hey {G}|Hi team,|Dear Dr. {S},|Dear Customer Support,`,
    `My name is {P} and my order {D} never arrived.|Please call {P} back on {D}.|I spoke to {G} yesterday, {P} was out.|Mrs {S} asks for a refund.|{P} lives at {D} {B}, {C}.|Name: {P}|Customer: {P}|Patient: {P}, DOB {D}|Caller {P} from {O} wants an update.|According to {P}, the parcel left {C}.|Agent {G} told me to wait.|I am {P}, I work for {O}.|this is {G} from {O}.|My husband {G} and I moved to {C}.|From: {P}\nTo: {P}\nSubject: Invoice|Attendees: {P}, {P}, {G} {S}|{S}, {G}|Met with {P} on Monday.|The {O} office in {C} is closed.|Terms and Conditions apply to the Premium Account.|Please forward this to {G} and {G}.|{P} will take over from {P}.|{G}'s laptop is broken.|Ask {S} about it.|St. {B} Hospital, Emergency Department|Signed by {P}|Assigned to {P}|cc {G}|Employee {P} ({D}) is on leave.|Does {G} know?|i'm {G} btw|It was {S} who called.`,
    `Best regards,\n{P}|Thanks,\n{G}|Kind regards,\n{P}\n{O}|Cheers, {G}|Regards\n{P}\nSales Manager|Sincerely,\n{G} {S}|The {O} Team|Thank you|{G}|Many thanks,\n{P}|`,
  ],
  de: [
    `Guten Tag,|Hallo {G},|Sehr geehrter Herr {S},|Sehr geehrte Frau {S},|Liebe {G},|Lieber {G},|Sehr geehrte Damen und Herren,|Moin {G},|Guten Morgen Frau {S},|Sehr geehrter Herr Dr. {S},`,
    `ich heiße {P} und meine Bestellung {D} ist nicht angekommen.|Bitte rufen Sie {P} unter {D} zurück.|Gestern habe ich mit {G} gesprochen, {P} war nicht da.|Frau {S} bittet um Erstattung.|{P} wohnt in {C}, {B} {D}.|Name: {S}\nVorname: {G}|Kunde: {P}|Patient: {P}, geb. {D} in {C}|Laut {P} hat das Paket {C} verlassen.|Mein Name ist {P}, ich arbeite bei {O}.|Die Rechnung wurde von {P} bezahlt.|Von: {P}\nAn: {P}\nBetreff: Rechnung|Teilnehmer: {P}, {P}, {P}|{S}, {G}|Der Vertrag mit der {O} läuft aus.|Die Filiale in {C} ist geschlossen.|{G} und {G} kommen später.|Herr {S} hat die Ware reklamiert.|{S} sagte, dass die Lieferung fehlt.|Der Kunde hat den Antrag mit Anlage per Post geschickt.|Das Formular liegt bei Frau Dr. {S}.|Ansprechpartnerin ist {P} aus der Abteilung Einkauf.|Die Tochter {G} ist krank.|Nach Rücksprache mit {S} erledigt.|Der Minister traf {P} in {C}.|wie {P} mitteilte, bleibt es dabei.|Kläger: {P}|Sachbearbeiter {P}|Das Grundstück in der {B} wird verkauft.|{P} ({D}) ist seit Montag krankgeschrieben.|Im Gespräch mit {S} und {S} ging es um Geld.|Die Sitzung leitete {P}.`,
    `Mit freundlichen Grüßen\n{P}|Viele Grüße\n{G}|Mit freundlichen Grüßen,\n{P}\n{O}|Beste Grüße\n{P}\nLeiter Vertrieb|LG {G}|Danke, {G} {S}|Ihr {O} Team|Liebe Grüße, {G}|`,
  ],
  es: [
    `Hola,|Hola {G},|Estimado Sr. {S}:|Estimada {G}:|Buenos días,|Buenas tardes {G},|Querida {G},|Estimados señores:|Estimado Dr. {S},|Muy buenas,`,
    `soy {P} y mi pedido {D} no ha llegado.|Por favor llamen a {P} al {D}.|Ayer hablé con {G}, {P} no estaba.|La Sra. {S} pide un reembolso.|{P} vive en {C}, {B}, {D}.|Nombre: {G}\nApellidos: {S}|Cliente: {P}|Paciente: {P}, nacida el {D} en {C}|Según {P}, el paquete salió de {C}.|Me llamo {P} y trabajo en {O}.|De: {P}\nPara: {P}\nAsunto: Factura|Asistentes: {P}, {P} y {P}|La oficina de {O} en {C} está cerrada.|Firmado por {P}|El médico {P} firmó el informe.|D. {P} y Dña. {P} firman el contrato.|Mi hijo {G} está enfermo.|{G} y {G} vienen más tarde.|El Departamento de Recursos Humanos informa.|Lo dijo {S} ayer.|Hable con {S} por favor.|El contacto es {P}, de {O}.|Hospital {B}, Servicio de Urgencias|Remitente: {P}|Responsable clínico: Dr. {P}|El presidente {P} llegó a {C}.`,
    `Un saludo,\n{P}|Saludos,\n{G}|Atentamente,\n{P}\n{O}|Gracias, {G}|Un abrazo,\n{G}|Cordialmente,\n{P}\nDirectora Comercial|El equipo de {O}|`,
  ],
  it: [
    `Buongiorno,|Ciao {G},|Gentile Sig. {S},|Gentile Dott.ssa {S},|Cara {G},|Salve,|Egregio Signor {S},|Spett.le {O},|Buonasera {G},|Caro {G},`,
    `sono {P} e il mio ordine {D} non è arrivato.|Per favore richiamate {P} al {D}.|Ieri ho parlato con {G}, {P} non c'era.|La signora {S} chiede un rimborso.|{P} abita a {C}, {B} {D}.|Nome: {G}\nCognome: {S}|Cliente: {P}|Paziente: {P}, nato a {C} il {D}|Secondo {P}, il pacco è partito da {C}.|Mi chiamo {P} e lavoro per {O}.|Da: {P}\nA: {P}\nOggetto: Fattura|Presenti: {P}, {P}, {P}|La sede di {O} a {C} è chiusa.|Il dott. {S} ha firmato la ricetta.|Mia figlia {G} è iscritta al Liceo {B}.|{G} e {G} arrivano dopo.|Ufficio Risorse Umane, Direzione Generale.|Lo ha detto {S} ieri.|Il referente è {P} di {O}.|Il presidente {P} è arrivato a {C}.|Firmato {P}|{S} {G}, matricola {D}|Chiedi a {G} se va bene.|RT Grande {P} in tv|Il governo di {P} non piace a {S}.|Secondo {S} si vota a maggio.|Ospedale {B}, Reparto di Cardiologia|Matteo e {G} sono con {P}.`,
    `Cordiali saluti,\n{P}|Saluti,\n{G}|Distinti saluti\n{P}\n{O}|Grazie, {G}|A presto,\n{G}|Un saluto,\n{P}\nResponsabile Vendite|Il team {O}|`,
  ],
  pt: [
    `Bom dia,|Olá {G},|Caro Sr. {S},|Prezada {G},|Boa tarde {G},|Exma. Sra. {S},|Olá,|Prezados Senhores,|Querida {G},|Caro Dr. {S},`,
    `sou {P} e a minha encomenda {D} não chegou.|Por favor liguem a {P} para {D}.|Ontem falei com a {G}, o {P} não estava.|A Sra. {S} pede o reembolso.|{P} mora em {C}, {B}, {D}.|Nome: {P}|Cliente: {P}|Paciente: {P}, nascido em {C} a {D}|Segundo {P}, a encomenda saiu de {C}.|O meu nome é {P} e trabalho na {O}.|De: {P}\nPara: {P}\nAssunto: Fatura|Presentes: {P}, {P} e {P}|A loja da {O} em {C} está fechada.|O Ministro {P} votou contra.|Relator: Ministro {P}|RELATOR: DES. {P}|Advogado: {P}|A minha filha {G} está doente.|O {G} e a {G} vêm mais tarde.|Departamento de Recursos Humanos.|Foi o {S} que ligou.|O presidente {P} chegou a {C}.|Assinado por {P}|Requerente: {P}\nRequerido: {O}|Para {S}, o caso está encerrado.|Falei com o senhor {S}.|Hospital {B}, Serviço de Urgência|disse {P}, diretor da {O}.`,
    `Cumprimentos,\n{P}|Obrigado,\n{G}|Atenciosamente,\n{P}\n{O}|Com os melhores cumprimentos,\n{P}|Abraço,\n{G}|Obrigada, {G} {S}|A equipa {O}|`,
  ],
  nl: [
    `Goedendag,|Hallo {G},|Beste {G},|Geachte heer {S},|Geachte mevrouw {S},|Dag {G},|Hoi {G},|Goedemorgen,|Lieve {G},|Geachte heer/mevrouw,|Beste mevrouw {S},`,
    `ik ben {P} en mijn bestelling {D} is niet aangekomen.|Kunt u {P} terugbellen op {D}?|Gisteren sprak ik met {G}, {P} was er niet.|Mevrouw {S} vraagt om een terugbetaling.|{P} woont in {C}, {B} {D}.|Naam: {P}|Achternaam: {S}\nVoornaam: {G}|Klant: {P}|Patiënt: {P}, geboren {D} te {C}|Volgens {P} is het pakket uit {C} vertrokken.|Mijn naam is {P} en ik werk bij {O}.|Van: {P}\nAan: {P}\nOnderwerp: Factuur|Aanwezig: {P}, {P} en {P}|Het kantoor van {O} in {C} is gesloten.|De heer {S} heeft getekend.|Mijn dochter {G} is ziek.|{G} en {G} komen later.|Afdeling Personeelszaken, Algemene Voorwaarden.|Dat zei {S} gisteren.|De contactpersoon is {P} van {O}.|Minister {P} bezocht {C}.|Ondertekend door {P}|Overleg met dr. {S} over de medicatie.|Vraag het aan {G}.|{S}, {G}|Ziekenhuis {B}, Afdeling Cardiologie|Werknemer {P} ({D}) is met verlof.|De politie van {C} zoekt getuigen.|In Januari is de Raad van Bestuur gewijzigd.|Dhr. {S} belde namens {P}.|Collega {G} {S} neemt het over.`,
    `Met vriendelijke groet,\n{P}|Groeten,\n{G}|Met vriendelijke groet,\n{P}\n{O}|Alvast bedankt, {G}|Groetjes {G}|Hoogachtend,\n{P}\nManager Verkoop|Mvg {G} {S}|Team {O}|`,
  ],
  pl: [
    `Dzień dobry,|Cześć {G},|Szanowny Panie {S},|Szanowna Pani {S},|Witam,|Droga {G},|Szanowni Państwo,|Dzień dobry Panie {S},|Hej {G}`,
    `nazywam się {P} i moje zamówienie {D} nie dotarło.|Proszę oddzwonić do {P} pod numer {D}.|Wczoraj rozmawiałem z {P}.|Pani {S} prosi o zwrot.|{P} mieszka w {C}, ul. {B} {D}.|Imię i nazwisko: {P}|Klient: {P}|Pacjent: {P}, ur. {D} w {C}|Według {P} paczka opuściła {C}.|Pracuję w {O}, nazywam się {P}.|Od: {P}\nDo: {P}\nTemat: Faktura|Obecni: {P}, {P}, {P}|Oddział {O} w {C} jest zamknięty.|Umowa z {P} wygasa.|Powód: {P}\nPozwany: {P}|Sąd Rejonowy w {C}, Wydział Cywilny|Moja córka {G} jest chora.|{G} i {G} przyjdą później.|Urząd Skarbowy w {C}|Wniosek złożył {P}.|Przekazano {P} w dniu {D}.|Osobą do kontaktu jest {P} z {O}.|Minister {P} odwiedził {C}.|Podpisano: {P}|Pracownik {P}, nr {D}|Panu {S} przysługuje urlop.|Dr {S} wystawił receptę.|Pełnomocnik: adw. {P}|Zgodnie z Regulaminem oraz Polityką Prywatności.|Szpital {B}, Oddział Kardiologii|Z {P} spotkaliśmy się w {C}.`,
    `Pozdrawiam,\n{P}|Z poważaniem\n{P}|Pozdrawiam\n{G}|Z wyrazami szacunku,\n{P}\n{O}|Dziękuję, {G} {S}|Serdecznie pozdrawiam,\n{P}\nKierownik Sprzedaży|Zespół {O}|`,
  ],
  ro: [
    `Bună ziua,|Salut {G},|Stimate domnule {S},|Stimată doamnă {S},|Dragă {G},|Bună {G},|Bună dimineața,|Stimate Dr. {S},|Stimați domni,`,
    `mă numesc {P} și comanda mea {D} nu a ajuns.|Vă rog să o sunați pe {P} la {D}.|Ieri am vorbit cu {G}, {P} nu era acolo.|Doamna {S} cere o rambursare.|{P} locuiește în {C}, {B} {D}.|Nume: {S}\nPrenume: {G}|Client: {P}|Pacient: {P}, născut la {D} în {C}|Potrivit lui {P}, coletul a plecat din {C}.|Lucrez la {O}, numele meu este {P}.|De la: {P}\nCătre: {P}\nSubiect: Factură|Prezenți: {P}, {P} și {P}|Biroul {O} din {C} este închis.|Domnul {S} a semnat contractul.|Fiica mea {G} este bolnavă.|{G} și {G} vin mai târziu.|Direcția Resurse Umane, Termeni și Condiții.|Asta a spus {S} ieri.|Persoana de contact este {P} de la {O}.|Ministrul {P} a vizitat {C}.|Semnat de {P}|Angajatul {P}, marca {D}|Spitalul {B}, Secția Cardiologie|Reclamant: {P}|Întreabă-l pe {G}.|Judecătoria {C}, Secția Civilă`,
    `Cu stimă,\n{P}|Mulțumesc,\n{G}|Cu respect,\n{P}\n{O}|O zi bună, {G}|Mulțumesc anticipat,\n{P}\nDirector Vânzări|Echipa {O}|`,
  ],
}

const buildings: Readonly<Record<string, readonly string[]>> = {
  fr: ['rue', 'avenue', 'boulevard', 'place', 'rue du Docteur', 'impasse'],
  en: ['#Street', '#Road', '#Avenue', '#Lane', '#Court', '#Drive'],
  de: ['#straße', '#weg', '#platz', '#allee'],
  es: ['Calle', 'Avenida', 'Plaza', 'Paseo de'],
  it: ['Via', 'Piazza', 'Viale', 'Corso'],
  pt: ['Rua', 'Avenida', 'Praça', 'Travessa'],
  nl: ['#straat', '#laan', '#weg', '#plein'],
  pl: ['', 'Plac', 'al.'],
  ro: ['Strada', 'str.', 'Bulevardul', 'Piața'],
}
const firmEnds: Readonly<Record<string, readonly string[]>> = {
  fr: ['SA', 'SARL', 'SAS', 'et Fils', 'Conseil', 'Assurances', ''],
  en: ['Ltd', 'Inc.', 'Group', 'Bank', '& Sons', 'Solutions', ''],
  de: ['GmbH', 'AG', 'KG', 'Versicherung', '& Söhne', 'Stiftung', ''],
  es: ['S.A.', 'S.L.', 'e Hijos', 'Seguros', 'Grupo', ''],
  it: ['S.p.A.', 'S.r.l.', 'e Figli', 'Assicurazioni', ''],
  pt: ['Lda', 'S.A.', 'Ltda', 'e Filhos', 'Seguros', ''],
  nl: ['B.V.', 'N.V.', '& Zonen', 'Groep', 'Verzekeringen', ''],
  pl: ['Sp. z o.o.', 'S.A.', 'i Wspólnicy', 'Ubezpieczenia', ''],
  ro: ['SRL', 'S.A.', 'Asigurări', 'Grup', ''],
}
const firmStarts =
  'Nova Tech Euro Alpha Delta Bio Global Inter Data Medi Trans Omni Agro Opti Lumi Vita Sol Hydro Cyber Net'.split(
    ' ',
  )
const firmMiddles = 'plus link care soft mark line media core lab pharma log form sys trade wave point'.split(
  ' ',
)

export const templateDocs = (count: number, names: NameMaker, random: Random): Doc[] => {
  const languages = Object.keys(written)
  return Array.from({ length: count }, (_, number) => {
    const lang = languages[number % languages.length]!
    const [openings, sentences, closings] = written[lang]!.map((part) => part.split('|'))
    const parts: string[] = []
    if (random.chance(0.55)) parts.push(random.pick(openings!))
    const body = Array.from({ length: 1 + random.below(3) }, () => random.pick(sentences!))
    parts.push(body.join(random.chance(0.7) ? ' ' : '\n'))
    if (random.chance(0.55)) parts.push(random.pick(closings!))
    return fill(`template-${number}`, lang, parts.join(random.chance(0.8) ? '\n' : '\n\n'), names, random)
  })
}

/** Puts names, places and firms where the template says so. */
export const fill = (id: string, lang: string, template: string, names: NameMaker, random: Random): Doc => {
  let text = ''
  const spans: { start: number; end: number; type: string }[] = []
  const add = (value: string, type: string) => {
    if (value === '') return
    spans.push({ start: text.length, end: text.length + value.length, type })
    text += value
  }
  const speakers = new Map<string, string>()
  for (const piece of template.split(/(\{S\}s|\{[A-Z\d]\})/)) {
    if (/^\{\d\}$/.test(piece)) {
      if (!speakers.has(piece)) speakers.set(piece, random.chance(0.6) ? names.given(lang) : names.full(lang))
      add(speakers.get(piece)!, 'PERSON')
    } else if (piece === '{I}') add(names.initial(), 'PERSON')
    else if (piece === '{E}')
      text += `${names
        .given('en')
        .toLowerCase()
        .replace(/[^a-z]/g, '')}@example.com`
    else if (piece === '{P}') add(inflected(names.full(lang), lang, random), 'PERSON')
    else if (piece === '{G}') add(inflected(names.given(lang), lang, random), 'PERSON')
    else if (piece === '{S}') add(inflected(names.surname(lang), lang, random), 'PERSON')
    else if (piece === '{S}s') add(`${names.surname(lang)}s`, 'PERSON')
    else if (piece === '{C}') add(names.place(), 'LOCATION')
    else if (piece === '{O}') add(firm(lang, names, random), 'ORG')
    else if (piece === '{B}') {
      const name = random.chance(0.5) ? names.surname(lang) : `${names.given(lang)} ${names.surname(lang)}`
      const kind = random.pick(buildings[lang]!)
      add(
        kind.startsWith('#') ? name + (lang === 'en' ? ' ' : '') + kind.slice(1) : `${kind} ${name}`.trim(),
        'ADDRESS',
      )
    } else if (piece === '{D}') text += String(random.below(10 ** (1 + random.below(8))))
    else text += piece
  }
  return { id, lang, source: 'template', text, spans }
}

const firm = (lang: string, names: NameMaker, random: Random): string => {
  const end = random.pick(firmEnds[lang]!)
  const how = random.next()
  if (how < 0.4 && end !== '') return `${names.surname(lang)} ${end}`.trim()
  if (how < 0.55 && end !== '') return `${names.given(lang)} ${names.surname(lang)} ${end}`.trim()
  return `${random.pick(firmStarts)}${random.pick(firmMiddles)} ${end}`.trim()
}
