/** Words around names: titles, greetings, closings, introductions, and labels before a colon. */

export const titles = `M Mr Mme Mlle Mmes MM Monsieur Madame Mademoiselle Messieurs Mesdames Mrs Ms Miss Mister
  Dr Docteur Doctor Pr Prof Professeur Professor Maître Herr Herrn Frau Fräulein Señor Señora Sra Sr Senhor Senhora
  Signor Signora Dott Dottore Dottoressa Mevrouw Meneer Dhr Mevr Pani Pana Panu Panem Panią Domnul Doamna Domnului Doamnei`

/** Titles that are initials or words of their own and need more than a following capital. */
export const shortTitles: ReadonlySet<string> = new Set(['m', 'sr', 'pr', 'mm'])

export const greetings = `Bonjour Bonsoir Salut Coucou Cher Chère Hello Hi Hey Dear Hallo Hola Olá Ciao Thanks Thank
  Merci Liebe Lieber Estimado Estimada Hiya Moin Hoi`

export const closings = `Cordialement Sincèrement Amicalement Respectueusement Bien Salutations regards Regards Best
  sincerely Cheers Grüßen Saludos Cumprimentos distinguées Bises Bisous yours Merci Thanks`

/** `je m'appelle X`, `my name is X`, `signé X`. */
export const introductions = `appelle nommé nommée prénomme signé is signed named called`

/** `Nom : X` in a running text. */
export const labels = `nom prénom prénoms name surname salarié salariée client cliente patient patiente assuré assurée
  bénéficiaire contact interlocuteur employee customer caller titulaire agent demandeur`

/** Parts in a trial, an accident or a cure: `Zeuge M.`, `le prévenu X`, `witness B`. */
export const parties = `Zeuge Zeugin Zeugen Angeklagte Angeklagter Angeklagten Mitangeklagte Mitangeklagten Beschuldigte Beschuldigten Verurteilte
  Verurteilten Geschädigte Geschädigten Nebenkläger Nebenklägerin Arbeitnehmer Arbeitnehmers Arbeitnehmerin Mitarbeiter Mitarbeiters Mitarbeiterin
  Rechtsanwalt Rechtsanwalts Rechtsanwälte Rechtsanwälten Rechtsanwältin Patentanwalt Patentanwältin Verteidiger Verteidigers Richter Richters Richterin
  Zusteller Briefzustellers Staatsbürger Staatsangehörige Staatsangehörigen Kollegin Kollege Kollegen Patientin Patienten Sachverständige
  Sachverständigen Sachverständiger Gutachter Gutachters Gutachterin Kläger Klägers Klägerin Beklagte Beklagten Beklagter Antragsteller Antragstellers
  Antragstellerin Beschwerdeführer Beschwerdeführers Beschwerdeführerin Betroffene Betroffenen Betreuer Betreuers Betreuerin Sozialarbeiter
  Sozialarbeiters Sozialarbeiterin Vorstandsmitglied Vorstandsmitglieds Geschäftsführer Geschäftsführers Geschäftsführerin Bruder Bruders Schwester
  Ehefrau Ehemann Ehemanns Lebensgefährte Lebensgefährten Lebensgefährtin Sohn Sohnes Tochter Vater Vaters Mutter Nachbar Nachbarn Nachbarin
  Erblasser Erblassers Erblasserin Mieter Mieters Mieterin Vermieter Vermieters Vermieterin Eigentümer Eigentümers Eigentümerin
  Polizeibeamte Polizeibeamten Polizeibeamter
  témoin prévenu prévenue plaignant plaignante accusé accusée victime témoins salarié salariée
  witness defendant claimant plaintiff accused applicant testigo acusado acusada imputado imputada víctima demandante
  testimone imputato imputata vítima arguido arguida testemunha getuige verdachte slachtoffer świadek oskarżony oskarżona
  pozwany pozwana powód powódka martorul inculpatul`

/** Between the parts of a name. */
export const particles: ReadonlySet<string> = new Set(
  'de du des la le da do dos van von der den di del della el al ben bin ibn ait ould mac mc st saint d l o zu y e'.split(
    ' ',
  ),
)
