/** Words around a word that decide whether it speaks of a person. All folded; nine languages in one set. */
const set = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter((word) => word !== ''))

/** Deny what follows. */
export const negators =
  set(`pas ne n non aucun aucune sans ni jamais ne no not without never none denies neither nor
  kein keine keinen keiner keinem keinerlei nicht ohne nie sin ningun ninguna ninguno nunca tampoco non nessun nessuna nessuno senza mai
  nao sem nenhum nenhuma nunca geen niet zonder nooit nie brak bez zadnych zadnej nigdy nu fara nicio niciun niciodata`)

/** A denial that reports nothing of anybody: `aucune maladie signalée`. */
export const reports =
  set(`signale signalee signales signalees signaler declare declaree declares declarees declarer constate constatee rapporte rapportee enregistre enregistree enregistres mois periode
  reported report recorded declared notified month period gemeldet gemeldete verzeichnet vorliegend monat zeitraum comunicada comunicado comunicadas comunicados registrada registrado registradas mes periodo
  segnalata segnalato segnalate segnalati comunicata registrata mese registada reportada participada gemeld gemelde geregistreerd maand periode zgloszono zgloszonych zgloszonej odnotowano miesiacu raportat raportata raportate inregistrat inregistrata luna`)

/** In the name of these, a belief or an illness says nothing of anybody. */
export const institutions =
  set(`ecole lycee college institut institute instituto istituto universite university universidad universidade universita universitat universitatea universiteit uniwersytet faculte
  hopital hospital clinique clinic clinica klinik kliniek klinika spital szpital centre center centro zentrum centrum association associazione asociacion associacao verein vereniging stowarzyszenie asociatia
  fondation foundation fundacion fundacao fondazione stiftung stichting fundacja fundatia ligue league liga lega secours musee museum museo museu muzeum muzeul cimetiere cemetery cementerio friedhof cimitero
  rue avenue place boulevard allee street road square strasse platz calle plaza rua praca piazza straat plein ulica plac strada piata quartier barrio
  journee journees day dia giornata tag dag dzien ziua campagne campaign campana campanha kampagne campagna kampania campanie
  recherche research investigacion ricerca forschung onderzoek badania cercetare lutte fight lucha lotta kampf prevention prevencion prevencao prevenzione pravention profilaktyka preventie sensibilisation awareness
  congres congress congreso kongress salon conference film roman livre book libro buch fete fetes feast fiesta
  school schule scuola escuela escola szkola scoala church kirche iglesia igreja chiesa kerk kosciol biserica charity relief aid library bibliotheque restaurant boucherie
  parking acces access accessible entree toilettes toilet rampe places siege caritas congregation fraternite gmbh`)

/** May stand between an institution's word and the word itself: `Ligue nationale contre le cancer`. */
export const between = set(
  `de du des la le les l d of the contre against der die das des gegen del los las contra do da dos das di dello della delle van het tegen mondiale mondial world mundial mondiale internationale international national nationale europeenne european`,
)
