/** What the scenes (scenes.ts) are made of, by language. `|` parts entries; {P} {G} {S} {I} {C} {O} {D} as in templates.ts. */
export interface SceneWords {
  /** What people are: on a line of their own, before a name, after it. */
  readonly roles: string
  /** Words that begin a sentence or a turn of a chat and are no names. */
  readonly starts: string
  /** Labels whose value is a person; a firm or a place. */
  readonly personLabels: string
  readonly otherLabels: string
  /** Values that are no person. */
  readonly values: string
  readonly headings: string
  /** Speakers of a transcript. */
  readonly speakers: string
  /** Turns of a chat in lower case. */
  readonly chat: string
  readonly notes: string
  /** Names shortened to initials, as courts and clinics print them. */
  readonly initials: string
  readonly wrote: string
}

export const sceneWords: Readonly<Record<string, SceneWords>> = {
  fr: {
    roles: `Directeur Commercial|Directrice Marketing|Responsable RH|Chef de projet|Assistante de direction|Gestionnaire paie|Conseiller clientèle|Ingénieure|Comptable|Avocat|Infirmière|Médecin traitant|Technicien|Chargée de mission|Secrétaire médicale|Président|Gérant|Le prévenu|Le requérant|Maître`,
    starts: `D'accord|Parfait|Bien sûr|Oui|Non|Merci|Désolé|Super|Très bien|Ensuite|Attention|Pouvez-vous|Avez-vous|Voici|Voilà|Prenez|Appelez|Demandez|Votre|Notre|Cette|Demain|Lundi|Absent|Rien|Aucun|Surveillance|Retour|Toujours|Envoyez|Veuillez|Je|Il|Elle|On|Nous|Vous|Mais|Donc|Alors|Pour|Dans|Avec|Selon|Suite|Bref|Effectivement|Normalement|Malheureusement`,
    personLabels: `Nom|Nom et prénom|NOM|Patient|Salarié|Bénéficiaire|Titulaire|Contact|Interlocuteur|Demandeur|Assuré|Destinataire|Expéditeur|Signataire|Médecin|Rédacteur|Personne à contacter|Conjoint|Responsable|Suivi par|Appelant|Témoin`,
    otherLabels: `Service|Objet|Ville|Statut|Produit|Motif|Poste|Société|Priorité|Canal|Type|Département|Hôpital|Pays|Banque|Catégorie|Diagnostic`,
    values: `Annexe A|Vitamine C|Plan B|Hépatite B|Zone A|Cardiologie|Facturation|En cours|Urgent|Ressources Humaines|Livraison Express|Pack Premium|Résiliation|Bas-Rhin|Crédit Mutuel|Oncologie|Congé maternité|Cadre|CDI|Paracétamol|Grippe A|Samsung Galaxy|Windows|Noël|Pâques`,
    headings: `Compte Rendu de Réunion|ORDRE DU JOUR|Conditions Générales|PIÈCES JOINTES|Points à Traiter|BULLETIN DE PAIE|Antécédents|Examen Clinique|CONCLUSION|Plan d'Action|Prochaines Étapes|FICHE DE LIAISON|Traitement de Sortie|OBJET DU CONTRAT|Pôle Emploi|Sécurité Sociale|Impôts sur le Revenu|CERFA|IRM|ECG|NFS`,
    speakers: `Client|Agent|Conseiller|Cliente|Opérateur|Patient|Support|Interviewer`,
    chat: `bonjour c'est {P}|salut moi c'est {G}|je m'appelle {P}|jsuis {G} {S}|ok merci {G}|c est pour mme {S}|mon mari {G} a deja appelé|oui {P}|vous pouvez demander {G} svp|{P} {D}|le dossier est au nom de {S}|au nom de {P}|bjr je voudrais parler a {G}|mon colis est bloqué a {C}|ca marche merci|non rien d autre|je veux annuler ma commande|mon internet ne marche plus depuis hier|{G} a dit que c etait bon|rappelez {P} demain|mr {S} attend toujours`,
    notes: `Vu ce jour Mme {S}, 54 ans, adressée par le Dr {S}.|M. {S} vit seul, sa fille {G} passe le soir.|Appel de {P} (épouse) : RDV décalé.|Pt vu par {S}, RAS.|Transmis à {G} pour suite.|Interne : {P}|Chirurgien : Pr {S}, aide : {P}|Dr {I} {S}|Pr {I} {S} — {D}|RDV avec Me {S} à {C}.|Tel {P} : {D}|{S} absent, remplacé par {G}.|Cc : {P}, {P}|Validé {G}.|Entretien annuel de {P} mené par {P}.|Syndrome de {S} évoqué.`,
    initials: `M. {I} a saisi le tribunal.|Mme {I} et M. {I} sont mariés.|Le témoin {I} n'a rien vu.|Le patient {I} est sorti.|Le sieur {I} conteste.|L'enfant {I} vit chez sa mère.|Me {I} plaide pour {I}.`,
    wrote: `Le {D} mars 2026 à 10:12, {P} <{E}> a écrit :|De : {P} <{E}>\nÀ : {P} <{E}>\nCc : {P}; {P}\nObjet : Relance|Message transféré par {P}|Envoyé de mon iPhone`,
  },
  en: {
    roles: `Sales Manager|Account Executive|HR Business Partner|Project Lead|Office Administrator|Payroll Officer|Customer Success Manager|Senior Engineer|Accountant|Solicitor|Nurse|General Practitioner|Technician|Team Leader|Medical Secretary|President|Managing Director|Attorney|Detective|Reporter`,
    starts: `Okay|Sure|Great|Alright|Sounds|Perfect|Awesome|Yes|No|Thanks|Sorry|Please|Do|Did|Does|Where|When|What|How|Can|Could|Would|Will|Want|Give|Find|Book|Make|Reserve|Another|Unfortunately|Congratulations|Enjoy|Hope|Ah|Oh|Well|Actually|Maybe|Nothing|Anything|Today|Monday|Payment|Delivery|Call|Send|Let|Quick|Very|Good|Pure|Price|Lovely|Asian|Christian|Romance|Luckily|Direct|Check`,
    personLabels: `Name|Full name|NAME|Patient|Employee|Beneficiary|Account holder|Contact|Requested by|Assignee|Insured|Recipient|Sender|Signed|Doctor|Author|Emergency contact|Spouse|Manager|Reported by|Caller|Witness`,
    otherLabels: `Department|Subject|City|Status|Product|Reason|Position|Company|Priority|Channel|Type|Team|Hospital|Country|Bank|Category|Diagnosis`,
    values: `Annex A|Vitamin C|Plan B|Hepatitis B|Type A|Cardiology|Billing|In Progress|Urgent|Human Resources|Express Delivery|Premium Plan|Cancellation|West Yorkshire|Barclays|Oncology|Maternity Leave|Full Time|Ibuprofen|Hodgkin Lymphoma|Samsung Galaxy|Windows|Christmas|Mercury|Venus|Lexus|Santa`,
    headings: `Meeting Minutes|AGENDA|Terms and Conditions|ATTACHMENTS|Action Items|PAYSLIP|Medical History|Physical Exam|CONCLUSION|Next Steps|Discharge Summary|PURPOSE|Social Security|Internal Revenue|MRI|ECG|CBC|MRN|Great Family Fun|Highly Recommended|Buyer Beware|Order Confirmation`,
    speakers: `Customer|Agent|User|Caller|Operator|Patient|Support|Rep|Interviewer`,
    chat: `hi this is {P}|hey its {G}|my name is {P}|im {G} {S}|ok thanks {G}|its for mrs {S}|my husband {G} already called|yes {P}|can i talk to {G} pls|{P} {D}|the account is under {S}|account name {P}|name {G} password {D}|{G} and {D}|{G} here|my parcel is stuck in {C}|sounds good thanks|no nothing else|i want to cancel my order|my internet is down since yesterday|{G} said it was fine|call {P} back tomorrow|mr {S} is still waiting|{P} my name|i want a milkshake and fries`,
    notes: `Seen today: Mrs {S}, 54, referred by Dr {S}.|Mr {S} lives alone, daughter {G} visits.|Call from {P} (wife): appt moved.|Pt seen by {S}, NAD.|Handed over to {G}.|Resident: {P}|Surgeon: {P}, assistant: {P}|Dr {I} {S}|Prof. {I} {S} — {D}|Met with atty {S} in {C}.|Tel {P}: {D}|{S} out, covered by {G}.|Cc: {P}, {P}|Approved {G}.|Annual review of {P} by {P}.|{S} syndrome suspected.|Aunt {G} and Uncle {G} came by.|Brother {S} and Teacher {S} were there.|AP Photo/{P}|{S}, {S} and {S} founded the firm.`,
    initials: `Mr {I} applied to the court.|Mrs {I} and Mr {I} are married.|Witness {I} saw nothing.|Patient {I} was discharged.|The child {I} lives with her mother.|Officer {I} arrested {I}.|thanks, {I}`,
    wrote: `On Mon, Mar {D}, 2026 at 10:12 AM {P} <{E}> wrote:|From: {P} <{E}>\nTo: {P} <{E}>\nCc: {P}; {P}\nSubject: Follow-up|Forwarded by {P}|Sent from my iPhone|-----Original Message-----\nFrom: {S}, {G}\nSent: Monday\nTo: {S}, {G}; {S}, {G}`,
  },
  de: {
    roles: `Vertriebsleiter|Rechtsanwalt|Rechtsanwältin|Richter|Richterin|Vorsitzender Richter|Zeuge|Zeugin|Der Angeklagte|Die Klägerin|Sachverständiger|Bundeskanzlerin|Ministerpräsident|Oberbürgermeister|Trainer|Torwart|Schriftsteller|Regisseur|Staatsanwalt|Professorin|Hausarzt|Pflegerin|Projektleiterin|Geschäftsführer|Sachbearbeiterin|Vorstandschef|Handelsminister|Arbeitnehmer|Briefzusteller`,
    starts: `Gerne|Okay|Ja|Nein|Danke|Leider|Natürlich|Genau|Bitte|Haben|Können|Könnten|Wann|Wo|Wie|Was|Ihre|Unsere|Diese|Morgen|Heute|Montag|Dann|Damit|Außerdem|Nach|Zusammen|Seit|Rückruf|Lieferung|Rechnung|Antrag|Frage|Guten|Sehr|Senden|Rufen|Prüfen|Nur|Auch|Im|Bei|Mit|Denn|Für|Trotz`,
    personLabels: `Name|Vor- und Nachname|NAME|Patient|Patientin|Mitarbeiter|Empfänger|Kontoinhaber|Ansprechpartner|Antragsteller|Versicherter|Absender|Unterzeichner|Arzt|Bearbeiter|Notfallkontakt|Ehegatte|Vorgesetzter|Erfasst von|Anrufer|Kläger|Beklagter`,
    otherLabels: `Abteilung|Betreff|Ort|Status|Produkt|Grund|Stelle|Firma|Priorität|Kanal|Art|Bereich|Klinik|Land|Bank|Kategorie|Diagnose`,
    values: `Anlage A|Vitamin C|Plan B|Hepatitis B|Merkmal M|Klasse A|Typ B|Kardiologie|Rechnungswesen|In Bearbeitung|Dringend|Personalabteilung|Expresslieferung|Premium Paket|Kündigung|Baden-Württemberg|Sparkasse|Onkologie|Elternzeit|Vollzeit|Ibuprofen|Morbus Crohn|Mercedes|Windows|Weihnachten|Ostern|Aktenzeichen|Katharinenkloster|Bundesliga`,
    headings: `Protokoll der Sitzung|TAGESORDNUNG|Allgemeine Geschäftsbedingungen|ANLAGEN|Offene Punkte|GEHALTSABRECHNUNG|Anamnese|Befund|ZUSAMMENFASSUNG|Nächste Schritte|Entlassungsbrief|VERTRAGSGEGENSTAND|Krankenkasse|Finanzamt|MRT|EKG|Gründe|Tatbestand|Entscheidungsgründe|Leitsatz`,
    speakers: `Kunde|Berater|Kundin|Agent|Anrufer|Patient|Support|Interviewer`,
    chat: `hallo hier ist {P}|hi ich bin {G}|mein name ist {P}|ich heiße {G} {S}|ok danke {G}|es geht um frau {S}|mein mann {G} hat schon angerufen|ja {P}|kann ich mit {G} sprechen|{P} {D}|der vertrag läuft auf {S}|auf den namen {P}|mein paket hängt in {C} fest|passt danke|nein sonst nichts|ich will meine bestellung stornieren|mein internet geht seit gestern nicht|{G} hat gesagt das passt|bitte {P} zurückrufen|herr {S} wartet noch`,
    notes: `Frau {S}, 54 J., vorgestellt durch Dr. {S}.|Herr {S} lebt allein, Tochter {G} kommt abends.|Anruf von {P} (Ehefrau): Termin verschoben.|{S} sagte am Montag, das sei falsch.|{S} kritisierte den Plan, {S} lobte ihn.|Für {S} ist das ein Erfolg.|{S}s Vertrag läuft aus, {G}s Büro ist leer.|Die Stimme von {S} war zu hören.|Nach dem Tod von {P} erbte {S}.|Operateur: {P}, Assistenz: {P}|Trainer {S} stellt um, {S} bleibt draußen.|Vgl. {S}, Einführung, S. {D}.|{S}/{S}, Kommentar, § {D}|Der Vorsitzende {P} und die Richterin {S} haben entschieden.|die Richter {S} und Dr. {S} sowie die Richterin {S}|Rechtsanwältin {S} vertritt {P}.|König {G} II. von {C}|Kritik kam von {S}.|Auch {S} war dabei.|Familie {S} zieht um.|Interimstrainer {S} und Torhüter {P} fehlten.|{S}: "Das ist unser Ziel."|Wie {S} erklärte, bleibt {S} im Amt.|An der {S}-Schule wird gebaut.`,
    initials: `Der Zeuge {I} hat nichts gesehen.|Die Zeugin {I} und der Angeklagte {I} schwiegen.|Herr {I} und Frau {I} sind verheiratet.|Rechtsanwalt {I} vertritt {I}.|Nach Angaben der {I} war {I} anwesend.|Das Gutachten von Prof. Dr. {I} liegt vor.|Der Sachverständige ({I}) führte aus, dass {I} nicht zahlte.|Die {I} erbrachte Leistungen an {I}.|Der Arbeitnehmer {I} wurde vertreten.|{I} hat sich darauf berufen.|dass {I} der Geschädigten das Telefon entrissen habe|Vorstandsmitglied {I} ging.|Der polnische Staatsbürger {I} ({I}) wurde behandelt.|{I} und {I} hätten sich der Mittel bedient.|Die Ansprüche gegen {I} bestehen.|Das Grundstück gehörte der {I}.|Die Zahlungen an {I} sind belegt.|Nachdem {I} bereits geschrieben hatte, zog {I} aus.|Der Bruder {I} und die Schwester {I} erbten.|wonach {I} keine Kenntnis hatte|im Haushalt des {I} und der {I}|Die Besteuerung der {I} ist streitig.|Der Sozialarbeiter {I} war dabei.|Patentanwalt {I} und Rechtsanwältin {I}|Die wirtschaftliche Lage der {I} ist gut.|Der Senat lässt offen, ob {I} handelte.`,
    wrote: `Am {D}. März 2026 um 10:12 schrieb {P} <{E}>:|Von: {P} <{E}>\nAn: {P} <{E}>\nCc: {P}; {P}\nBetreff: Rückfrage|Weitergeleitet von {P}|Von meinem iPhone gesendet`,
  },
  es: {
    roles: `Director Comercial|Jefa de Recursos Humanos|Responsable de Nóminas|Jefe de proyecto|Secretaria|Asesor de clientes|Ingeniera|Contable|Abogado|Enfermera|Médico de cabecera|Técnico|Presidente|Gerente|El demandante|El acusado|Ministra|Entrenador`,
    starts: `Vale|De acuerdo|Perfecto|Sí|No|Gracias|Claro|Lo siento|Por favor|Puede|Podría|Cuándo|Dónde|Cómo|Qué|Su|Nuestro|Esta|Mañana|Hoy|Lunes|Entonces|Además|Según|Llamar|Enviar|Pago|Entrega|Servicio|Paciente|Pero|Para|Con|Desde|Luego|También|Buenas|Muy|Aquí|Estoy|Quiero`,
    personLabels: `Nombre|Nombre y apellidos|NOMBRE|Paciente|Empleado|Beneficiario|Titular|Contacto|Solicitante|Asegurado|Destinatario|Remitente|Firmado|Médico|Autor|Contacto de emergencia|Cónyuge|Responsable|Atendido por|Testigo`,
    otherLabels: `Departamento|Asunto|Ciudad|Estado|Producto|Motivo|Puesto|Empresa|Prioridad|Canal|Tipo|Hospital|País|Banco|Categoría|Diagnóstico|Servicio|Especialidad`,
    values: `Anexo A|Vitamina C|Plan B|Hepatitis B|Cardiología|Facturación|En curso|Urgente|Recursos Humanos|Envío Exprés|Plan Premium|Cancelación|Castilla y León|Oncología|Baja maternal|Indefinido|Ibuprofeno|Candida|Navidad|Semana Santa|ANA|ENA|EMA|SIADH|Anestesiología`,
    headings: `Acta de la Reunión|ORDEN DEL DÍA|Condiciones Generales|ANEXOS|Puntos Pendientes|NÓMINA|Antecedentes|Exploración Física|CONCLUSIÓN|Próximos Pasos|Informe de Alta|OBJETO DEL CONTRATO|Seguridad Social|Agencia Tributaria|RMN|ECG|TAC`,
    speakers: `Cliente|Agente|Asesor|Operador|Paciente|Soporte|Entrevistador`,
    chat: `hola soy {P}|buenas me llamo {G}|mi nombre es {P}|soy {G} {S}|ok gracias {G}|es para la sra {S}|mi marido {G} ya llamó|si {P}|puedo hablar con {G} porfa|{P} {D}|el contrato está a nombre de {S}|a nombre de {P}|mi paquete está en {C}|vale gracias|no nada mas|quiero cancelar mi pedido|no me va internet desde ayer|{G} dijo que estaba bien|llamen a {P} mañana|el sr {S} sigue esperando`,
    notes: `Acude hoy la Sra. {S}, de 54 años, remitida por el Dr. {S}.|D. {P} vive solo, su hija {G} le visita.|Llama {P} (esposa): cita aplazada.|Visto por {S}, sin novedad.|Cirujano: {P}, ayudante: {P}|Dr. {I} {S}|Reunión con {S} en {C}.|Tel {P}: {D}|{S} de baja, le cubre {G}.|Aprobado {G}.|Síndrome de {S} sospechado.|Según {S}, todo sigue igual.|{S} marcó dos goles.`,
    initials: `D. {I} presentó demanda.|Doña {I} y D. {I} están casados.|El testigo {I} no vio nada.|El paciente {I} fue dado de alta.|La menor {I} vive con su madre.`,
    wrote: `El {D} de marzo de 2026 a las 10:12, {P} <{E}> escribió:|De: {P} <{E}>\nPara: {P} <{E}>\nCc: {P}; {P}\nAsunto: Seguimiento|Reenviado por {P}|Enviado desde mi iPhone`,
  },
  it: {
    roles: `Direttore Commerciale|Responsabile Risorse Umane|Ufficio Paghe|Capo progetto|Segretaria|Consulente|Ingegnere|Ragioniere|Avvocato|Infermiera|Medico di base|Tecnico|Presidente|Amministratore|Il ricorrente|L'imputato|Ministro|Allenatore`,
    starts: `Va bene|Certo|Perfetto|Sì|No|Grazie|Mi dispiace|Prego|Può|Potrebbe|Quando|Dove|Come|Cosa|Suo|Nostro|Questa|Domani|Oggi|Lunedì|Allora|Inoltre|Secondo|Chiamare|Inviare|Pagamento|Consegna|Ma|Per|Con|Dopo|Anche|Buona|Molto|Ecco|Sono|Vorrei|Purtroppo|Nessuno|Ok`,
    personLabels: `Nome|Nome e cognome|NOME|Paziente|Dipendente|Beneficiario|Intestatario|Contatto|Richiedente|Assicurato|Destinatario|Mittente|Firmato|Medico|Autore|Contatto di emergenza|Coniuge|Responsabile|Seguito da|Testimone`,
    otherLabels: `Reparto|Oggetto|Città|Stato|Prodotto|Motivo|Posizione|Azienda|Priorità|Canale|Tipo|Ospedale|Paese|Banca|Categoria|Diagnosi`,
    values: `Allegato A|Vitamina C|Piano B|Epatite B|Cardiologia|Fatturazione|In corso|Urgente|Risorse Umane|Consegna Espressa|Piano Premium|Disdetta|Emilia-Romagna|Oncologia|Maternità|Tempo pieno|Tachipirina|Natale|Pasqua|Serie A|Intesa Sanpaolo`,
    headings: `Verbale della Riunione|ORDINE DEL GIORNO|Condizioni Generali|ALLEGATI|Punti Aperti|BUSTA PAGA|Anamnesi|Esame Obiettivo|CONCLUSIONI|Prossimi Passi|Lettera di Dimissione|OGGETTO DEL CONTRATTO|Agenzia delle Entrate|RMN|ECG|TAC`,
    speakers: `Cliente|Agente|Operatore|Consulente|Paziente|Supporto|Intervistatore`,
    chat: `ciao sono {P}|salve mi chiamo {G}|il mio nome è {P}|sono {G} {S}|ok grazie {G}|è per la signora {S}|mio marito {G} ha già chiamato|si {P}|posso parlare con {G}|{P} {D}|il contratto è intestato a {S}|a nome {P}|il mio pacco è fermo a {C}|va bene grazie|no nient altro|voglio annullare l ordine|internet non va da ieri|{G} ha detto che va bene|richiamate {P} domani|il sig {S} aspetta ancora`,
    notes: `Vista oggi la sig.ra {S}, 54 anni, inviata dal dott. {S}.|Il sig. {S} vive solo, la figlia {G} passa la sera.|Chiama {P} (moglie): visita rinviata.|Visto da {S}, nulla da segnalare.|Chirurgo: {P}, aiuto: {P}|Dott. {I} {S}|Incontro con l'avv. {S} a {C}.|Tel {P}: {D}|{S} assente, lo sostituisce {G}.|Approvato {G}.|Sospetta sindrome di {S}.|Secondo {S} va tutto bene.|{S} segna e {S} para.|Lo dice {S}: "Basta così".`,
    initials: `Il sig. {I} ha fatto ricorso.|La sig.ra {I} e il sig. {I} sono sposati.|Il teste {I} non ha visto nulla.|Il paziente {I} è stato dimesso.|Il minore {I} vive con la madre.`,
    wrote: `Il giorno {D} marzo 2026 alle 10:12 {P} <{E}> ha scritto:|Da: {P} <{E}>\nA: {P} <{E}>\nCc: {P}; {P}\nOggetto: Sollecito|Inoltrato da {P}|Inviato da iPhone`,
  },
  pt: {
    roles: `Diretor Comercial|Gestora de Recursos Humanos|Responsável de Salários|Chefe de projeto|Secretária|Assistente|Engenheira|Contabilista|Advogado|Enfermeira|Médico de família|Técnico|Presidente|Gerente|Desembargador|Desembargadora|Relator|Ministro|Juiz|Deputado|Treinador`,
    starts: `Certo|Claro|Perfeito|Sim|Não|Obrigado|Desculpe|Por favor|Pode|Poderia|Quando|Onde|Como|O que|Seu|Nosso|Esta|Amanhã|Hoje|Segunda|Então|Além|Segundo|Ligar|Enviar|Pagamento|Entrega|Mas|Para|Com|Depois|Também|Boa|Muito|Aqui|Estou|Quero|Infelizmente|Nada|Ok`,
    personLabels: `Nome|Nome completo|NOME|Paciente|Funcionário|Beneficiário|Titular|Contacto|Requerente|Segurado|Destinatário|Remetente|Assinado|Médico|Autor|Contacto de emergência|Cônjuge|Responsável|Atendido por|Testemunha|Advogado|Relator`,
    otherLabels: `Departamento|Assunto|Cidade|Estado|Produto|Motivo|Cargo|Empresa|Prioridade|Canal|Tipo|Hospital|País|Banco|Categoria|Diagnóstico`,
    values: `Anexo A|Vitamina C|Plano B|Hepatite B|Cardiologia|Faturação|Em curso|Urgente|Recursos Humanos|Envio Expresso|Plano Premium|Cancelamento|Minas Gerais|Oncologia|Licença de maternidade|Tempo inteiro|Paracetamol|Natal|Páscoa|Ericsson|Milan`,
    headings: `Ata da Reunião|ORDEM DE TRABALHOS|Condições Gerais|ANEXOS|Pontos Pendentes|RECIBO DE VENCIMENTO|Antecedentes|Exame Físico|CONCLUSÃO|Próximos Passos|Nota de Alta|OBJETO DO CONTRATO|Segurança Social|Receita Federal|ACÓRDÃO|EMENTA|RELATÓRIO|VOTO|RM|ECG`,
    speakers: `Cliente|Agente|Operador|Assistente|Paciente|Suporte|Entrevistador`,
    chat: `oi sou {P}|ola chamo-me {G}|meu nome é {P}|sou a {G} {S}|ok obrigado {G}|é para a sra {S}|meu marido {G} ja ligou|sim {P}|posso falar com {G}|{P} {D}|o contrato esta em nome de {S}|em nome de {P}|a minha encomenda esta em {C}|ta bom obrigada|nao mais nada|quero cancelar o pedido|a internet nao funciona desde ontem|{G} disse que estava tudo bem|liguem a {P} amanha|o sr {S} continua a espera`,
    notes: `Observada hoje a Sra. {S}, 54 anos, enviada pelo Dr. {S}.|O Sr. {S} vive só, a filha {G} visita-o.|Ligou {P} (esposa): consulta adiada.|Visto por {S}, sem alterações.|Cirurgião: {P}, ajudante: {P}|Dr. {I} {S}|Reunião com {S} em {C}.|Tel {P}: {D}|{S} de baixa, substituído por {G}.|Aprovado {G}.|Síndrome de {S} provável.|{S} preconiza outra solução.|Os ataques a {S} continuam.|A Senhora Desembargadora {P} - Vogal|O Senhor Desembargador {P} - Relator|com {S} e {S} na equipa`,
    initials: `O Sr. {I} recorreu.|A Sra. {I} e o Sr. {I} são casados.|A testemunha {I} nada viu.|O paciente {I} teve alta.|O menor {I} vive com a mãe.|O réu {I} confessou.`,
    wrote: `Em {D} de março de 2026 às 10:12, {P} <{E}> escreveu:|De: {P} <{E}>\nPara: {P} <{E}>\nCc: {P}; {P}\nAssunto: Seguimento|Reencaminhado por {P}|Enviado do meu iPhone`,
  },
  nl: {
    roles: `Verkoopmanager|Hoofd Personeelszaken|Salarisadministrateur|Projectleider|Secretaresse|Klantadviseur|Ingenieur|Boekhouder|Advocaat|Verpleegkundige|Huisarts|Monteur|Voorzitter|Directeur|De verdachte|Verzoeker|Minister|Burgemeester|Wethouder|Rechter`,
    starts: `Prima|Natuurlijk|Oké|Ja|Nee|Dank|Sorry|Helaas|Kunt|Kan|Wilt|Wanneer|Waar|Hoe|Wat|Uw|Onze|Deze|Morgen|Vandaag|Maandag|Dan|Daarnaast|Volgens|Bellen|Betaling|Levering|Maar|Voor|Met|Na|Ook|Goed|Heel|Hier|Graag|Bij|Vraag|Wij|Ik|Hij|Zij`,
    personLabels: `Naam|Voor- en achternaam|NAAM|Patiënt|Werknemer|Begunstigde|Rekeninghouder|Contactpersoon|Aanvrager|Verzekerde|Ontvanger|Afzender|Getekend|Arts|Auteur|Noodcontact|Partner|Leidinggevende|Behandeld door|Getuige|Beller`,
    otherLabels: `Afdeling|Onderwerp|Plaats|Status|Product|Reden|Functie|Bedrijf|Prioriteit|Kanaal|Soort|Ziekenhuis|Land|Bank|Categorie|Diagnose`,
    values: `Bijlage A|Vitamine C|Plan B|Hepatitis B|Cardiologie|Facturatie|In behandeling|Spoed|Personeelszaken|Expreslevering|Premium Pakket|Opzegging|Noord-Brabant|Rabobank|Oncologie|Zwangerschapsverlof|Voltijd|Paracetamol|Kerstmis|Pasen|Windows`,
    headings: `Notulen van de Vergadering|AGENDA|Algemene Voorwaarden|BIJLAGEN|Openstaande Punten|LOONSTROOK|Voorgeschiedenis|Lichamelijk Onderzoek|CONCLUSIE|Volgende Stappen|Ontslagbrief|ONDERWERP VAN DE OVEREENKOMST|Belastingdienst|MRI|ECG|Gemeente|Rijksoverheid`,
    speakers: `Klant|Medewerker|Agent|Beller|Patiënt|Support|Interviewer`,
    chat: `hoi met {P}|hallo ik ben {G}|mijn naam is {P}|ik heet {G} {S}|ok bedankt {G}|het gaat om mevrouw {S}|mijn man {G} heeft al gebeld|ja {P}|kan ik {G} spreken|{P} {D}|het contract staat op {S}|op naam van {P}|mijn pakket ligt in {C}|prima bedankt|nee verder niks|ik wil mijn bestelling annuleren|internet doet het niet sinds gisteren|{G} zei dat het goed was|bel {P} morgen terug|meneer {S} wacht nog`,
    notes: `Vandaag gezien: mevrouw {S}, 54 jaar, verwezen door dr. {S}.|De heer {S} woont alleen, dochter {G} komt langs.|Gebeld door {P} (echtgenote): afspraak verzet.|Gezien door {S}, gb.|Operateur: {P}, assistent: {P}|Dr. {I} {S}|Afspraak met mr. {S} in {C}.|Tel {P}: {D}|{S} ziek, vervangen door {G}.|Akkoord {G}.|Syndroom van {S} vermoed.|Volgens {S} blijft alles gelijk.|{S} scoorde, {S} viel uit.|Familie {S} verhuist.|{S} en {S} tekenden.`,
    initials: `De heer {I} ging in beroep.|Mevrouw {I} en de heer {I} zijn getrouwd.|Getuige {I} zag niets.|Patiënt {I} is ontslagen.|Verdachte {I} zwijgt.|Het kind {I} woont bij moeder.`,
    wrote: `Op {D} maart 2026 om 10:12 schreef {P} <{E}>:|Van: {P} <{E}>\nAan: {P} <{E}>\nCc: {P}; {P}\nOnderwerp: Herinnering|Doorgestuurd door {P}|Verzonden vanaf mijn iPhone`,
  },
  pl: {
    roles: `Dyrektor Handlowy|Kierownik Kadr|Specjalista ds. Płac|Kierownik projektu|Sekretarka|Doradca klienta|Inżynier|Księgowa|Adwokat|Radca prawny|Pielęgniarka|Lekarz rodzinny|Technik|Prezes|Oskarżony|Powód|Minister|Trener|Najemca|Wynajmujący|Pracodawca|Pracownik`,
    starts: `Dobrze|Oczywiście|Tak|Nie|Dziękuję|Przepraszam|Proszę|Czy|Kiedy|Gdzie|Jak|Co|Państwa|Nasz|Jutro|Dziś|Poniedziałek|Następnie|Ponadto|Według|Zadzwonić|Płatność|Dostawa|Ale|Dla|Po|Także|Bardzo|Tutaj|Chcę|Niestety|Zgodnie|Wzywam|Niniejszym|Na|W|Z|O|Przyczyną|Zobowiązanie`,
    personLabels: `Imię i nazwisko|Nazwisko|IMIĘ I NAZWISKO|Pacjent|Pracownik|Beneficjent|Właściciel rachunku|Kontakt|Wnioskodawca|Ubezpieczony|Ubezpieczona|Odbiorca|Nadawca|Podpis|Lekarz|Autor|Małżonek|Przełożony|Sporządził|Świadek|Powód|Pozwany`,
    otherLabels: `Dział|Temat|Miasto|Status|Produkt|Powód|Stanowisko|Firma|Priorytet|Kanał|Rodzaj|Szpital|Kraj|Bank|Kategoria|Rozpoznanie`,
    values: `Załącznik A|Witamina C|Plan B|Kardiologia|Fakturowanie|W toku|Pilne|Kadry i Płace|Dostawa Ekspresowa|Pakiet Premium|Rezygnacja|Dolny Śląsk|Onkologia|Urlop macierzyński|Umowa o pracę|Ibuprofen|Boże Narodzenie|Wielkanoc|Windows`,
    headings: `Protokół z Zebrania|PORZĄDEK OBRAD|Warunki Ogólne|ZAŁĄCZNIKI|WYPOWIEDZENIE UMOWY NAJMU|ŻĄDANIE WYDANIA LOKALU|PASEK PŁACOWY|Wywiad|Badanie Przedmiotowe|WNIOSKI|Karta Wypisowa|PRZEDMIOT UMOWY|Urząd Skarbowy|RMI|EKG|UZASADNIENIE|WYROK|POZEW|PEŁNOMOCNICTWO`,
    speakers: `Klient|Agent|Konsultant|Klientka|Pacjent|Wsparcie|Dziennikarz`,
    chat: `hej tu {P}|cześć jestem {G}|nazywam się {P}|jestem {G} {S}|ok dzięki {G}|chodzi o panią {S}|mój mąż {G} już dzwonił|tak {P}|mogę rozmawiać z {G}|{P} {D}|umowa jest na {S}|na nazwisko {P}|moja paczka utknęła w {C}|ok dziękuję|nie to wszystko|chcę anulować zamówienie|internet nie działa od wczoraj|{G} mówił że jest ok|oddzwońcie do {P} jutro|pan {S} ciągle czeka`,
    notes: `Przyjęto dziś panią {S}, lat 54, skierowaną przez dr. {S}.|Pan {S} mieszka sam, córka {G} zagląda.|Dzwonił {P} (mąż): wizyta przełożona.|Obejrzał {S}, bez zmian.|Operator: {P}, asysta: {P}|Dr {I} {S}|Spotkanie z mec. {S} w {C}.|Tel {P}: {D}|{S} na urlopie, zastępuje {G}.|Zatwierdził {G}.|Podejrzenie zespołu {S}.|Zdaniem {S} nic się nie zmieni.|Umowę podpisali {P} i {P}.|Zeznania {S} są spójne.|Do {P} skierowano wezwanie.`,
    initials: `Pan {I} wniósł apelację.|Pani {I} i pan {I} są małżeństwem.|Świadek {I} nic nie widział.|Pacjent {I} został wypisany.|Oskarżony {I} przyznał się.|Małoletni {I} mieszka z matką.`,
    wrote: `W dniu {D} marca 2026 o 10:12 {P} <{E}> pisze:|Od: {P} <{E}>\nDo: {P} <{E}>\nDW: {P}; {P}\nTemat: Przypomnienie|Przekazał {P}|Wysłane z iPhone'a`,
  },
  ro: {
    roles: `Director Comercial|Șef Resurse Umane|Specialist Salarizare|Manager de proiect|Secretară|Consilier clienți|Inginer|Contabilă|Avocat|Asistentă medicală|Medic de familie|Tehnician|Președinte|Administrator|Inculpatul|Reclamantul|Ministrul|Antrenorul`,
    starts: `Bine|Desigur|Da|Nu|Mulțumesc|Scuze|Vă rog|Puteți|Când|Unde|Cum|Ce|Dumneavoastră|Nostru|Aceasta|Mâine|Astăzi|Luni|Apoi|Conform|Sunați|Plata|Livrare|Dar|Pentru|Cu|După|Foarte|Aici|Vreau|Din păcate|Perfect|Ok`,
    personLabels: `Nume|Nume și prenume|NUME|Pacient|Angajat|Beneficiar|Titular|Contact|Solicitant|Asigurat|Destinatar|Expeditor|Semnat|Medic|Autor|Contact de urgență|Soț|Responsabil|Martor`,
    otherLabels: `Departament|Subiect|Oraș|Stare|Produs|Motiv|Post|Firmă|Prioritate|Canal|Tip|Spital|Țara|Banca|Categorie|Diagnostic`,
    values: `Anexa A|Vitamina C|Plan B|Cardiologie|Facturare|În curs|Urgent|Resurse Umane|Livrare Expres|Pachet Premium|Anulare|Banca Transilvania|Oncologie|Concediu de maternitate|Normă întreagă|Crăciun|Paște`,
    headings: `Proces-verbal|ORDINEA DE ZI|Condiții Generale|ANEXE|Puncte de Acțiune|FLUTURAȘ DE SALARIU|Antecedente|Examen Clinic|CONCLUZII|Pașii Următori|Bilet de Externare|OBIECTUL CONTRACTULUI|ANAF|RMN|EKG`,
    speakers: `Client|Agent|Operator|Consultant|Pacient|Suport`,
    chat: `buna sunt {P}|salut eu sunt {G}|ma numesc {P}|sunt {G} {S}|ok mersi {G}|este pentru doamna {S}|sotul meu {G} a sunat deja|da {P}|pot vorbi cu {G}|{P} {D}|contractul e pe numele {S}|pe numele {P}|coletul meu e blocat la {C}|bine multumesc|nu altceva|vreau sa anulez comanda|nu merge internetul de ieri|{G} a zis ca e bine|sunati-l pe {P} maine|domnul {S} inca asteapta`,
    notes: `Consultată azi dna {S}, 54 de ani, trimisă de dr. {S}.|Dl {S} locuiește singur, fiica {G} îl vizitează.|A sunat {P} (soția): programare amânată.|Văzut de {S}, fără modificări.|Operator: {P}, ajutor: {P}|Dr. {I} {S}|Întâlnire cu av. {S} la {C}.|Tel {P}: {D}|{S} lipsește, îl înlocuiește {G}.|Aprobat {G}.|Sindrom {S} suspectat.|Potrivit lui {S}, nimic nu se schimbă.`,
    initials: `Domnul {I} a făcut apel.|Doamna {I} și domnul {I} sunt căsătoriți.|Martorul {I} nu a văzut nimic.|Pacientul {I} a fost externat.|Minorul {I} locuiește cu mama.`,
    wrote: `Pe {D} martie 2026, la 10:12, {P} <{E}> a scris:|De la: {P} <{E}>\nCătre: {P} <{E}>\nCc: {P}; {P}\nSubiect: Revenire|Redirecționat de {P}|Trimis de pe iPhone`,
  },
}
