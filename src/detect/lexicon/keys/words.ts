/** Field names whose text is free (design §6). */
export const freetextNames = `note comment commentaire message subject sujet objet motif description remarque remark observation text texte body corps content contenu reason raison feedback avis transcript transcription summary resume
  detail question answer reponse memo justification precision compte_rendu msg commentary annotation historique narrative verbatim bemerkung kommentar nachricht beschreibung comentario mensaje observacion descripcion mensagem observacao descricao commento messaggio nota
  motif_absence motif_conge motif_appel motif_contact motif_demande reply snippet excerpt notes_internes free_text texte_libre chat_message remarks instruction complaint_text reclamation_texte
    notiz anmerkung hinweis text_frei freitext bemerkungen betreff grund begrundung anliegen rueckmeldung ruckmeldung verlauf
    nota_interna asunto motivo descripcion_caso texto cuerpo respuesta pregunta comentario_cliente assunto mensagem_texto corpo pergunta resposta motivo_contacto
    oggetto motivo_contatto testo domanda risposta annotazione osservazione corpo_messaggio opmerking omschrijving bericht onderwerp toelichting reden vraag antwoord tekst
    uwaga opis komentarz wiadomosc temat tresc powod pytanie odpowiedz notatka observatie mesaj descriere subiect comentariu motivul intrebare raspuns nota_explicativa
    ustrd addtl_rmt_inf instr_inf addtl_ntry_inf addtl_tx_inf information_to_account_owner remittance_information verwendungszweck concepto_transferencia causale tytul_przelewu
    payment_note line_description included_note_content body_html body_plain body_text html_body text_body plain_body comment_body ticket_comment engagement_note activity_note internal_note public_reply
    clinical_note case_comment case_note description_text problem_description long_text short_text ltext mitteilung`

/** Field names that say that the person is under 18, or hold such persons. */
export const childNames = `enfant child mineur minor kid is_minor est_mineur enfant_charge dependent_child eleve pupil kind hijo figlio crianca filho nourrisson
    kinder hijos menor menor_edad filhos figli minore minorenne kinderen minderjarig minderjarige dziecko dzieci nieletni maloletni copil copii elev minderjahrig minderjaehrig minderjahriger schuler schueler alumno aluno
    alunno leerling uczen pupil_name student_minor underage is_child under_18 enfant_rattache`

/** Words of a person, that make a generic name a person's. */
export const personWords = `customer client employee employe salarie agent contact user utilisateur patient person personne beneficiary beneficiaire holder titulaire owner proprietaire debtor debiteur creditor creancier recipient destinataire sender expediteur
  caller appelant requester demandeur author auteur assignee manager responsable spouse conjoint enfant child parent mere pere mother father passenger passager guest driver conducteur tenant locataire insured assure subscriber abonne member membre adherent
  student eleve etudiant candidate candidat worker collaborateur staff individual individu reporter advisor conseiller doctor medecin signataire signatory witness temoin victim urgence emergency from to cc reviewer approver creator operator operateur
  cardholder payer payeur buyer acheteur consumer consommateur resident habitant mitarbeiter kunde cliente empleado trabajador funcionario dipendente partner partenaire
    kunden arbeitnehmer angestellter versicherter antragsteller ansprechpartner inhaber nutzer benutzer schuldner glaubiger glaeubiger empfanger empfaenger absender ehepartner kind mutter vater schuler mieter bewerber
    empleados trabajadores persona paciente asegurado titular usuario deudor acreedor remitente conyuge hijo madre padre solicitante alumno inquilino candidato
    colaborador utente segurado devedor credor remetente conjuge filho mae pai requerente aluno inquilino pessoa hospede
    lavoratore assicurato intestatario debitore creditore mittente coniuge figlio richiedente studente inquilino candidato ospite paziente impiegato
    klant werknemer medewerker verzekerde rekeninghouder gebruiker schuldenaar ontvanger afzender echtgenoot kind moeder vader aanvrager huurder sollicitant persoon patienten
    klient pracownik osoba pacjent ubezpieczony wlasciciel uzytkownik dluznik odbiorca nadawca malzonek dziecko matka ojciec wnioskodawca najemca kandydat student
    angajat persoana pacient asigurat utilizator debitor creditor destinatar expeditor sot sotie copil mama tata solicitant chirias candidat
    dbtr cdtr ultmt_dbtr ultmt_cdtr initg_pty pty prvt_id_person ownr ctct_dtl acct_ownr rltd_pty trad_pty
    practitioner guarantor next_kin subscriber account_owner account_holder billing_details shipping_details billing shipping ship_to bill_to legal_name_data preferred_name_data name_data
    requester submitter end_user follower collaborator participant attendee invitee organizer organiser delegate donor voter citizen claimant policyholder policy_holder beneficial_owner director shareholder ubo`

/** Words of things: a `name` beside or below them is not a person's. */
export const thingWords = `product produit article item file fichier company societe entreprise organisation organization org bank banque event evenement project projet team equipe service plan device host hostname domain field column table category categorie country pays
  brand marque model modele software logiciel app application server queue channel canal group groupe department departement role job poste fonction position title campaign campagne template tag label rubrique code unit unite currency devise firm firma employer employeur etablissement
  store magasin shop warehouse depot site region subject course cours school ecole hotel class document form formulaire template report rapport list liste database schema property attribute parameter param option setting feature function module package image photo attachment piece_jointe
  provider prestataire fournisseur supplier vendor merchant commercant account compte ligne line contract contrat invoice facture order commande step action workflow rule policy menu section page theme color status statut type method
    fin_instn_id fin_instn brnch_id svcr agt party_name party_legal_entity registration_name org_id organisation_name organization_name legal_entity specified_legal_organization trading_business_name
    produkt firma unternehmen konto_typ bestellung rechnung artikel produkto producto empresa pedido factura articulo produto fatura encomenda artigo prodotto azienda ordine fattura articolo bedrijf bestelling factuur artikel_nr
    produkt_nazwa przedsiebiorstwo zamowienie faktura produs comanda factura_nr compania societate furnizor dostawca fornitore proveedor fornecedor leverancier lieferant
    variant collection playlist album artist track song media_type repository repo branch commit pipeline job_name test suite environment region_name currency_name language_name country_name
    bundle resource coding code_system structure_definition profile extension meta item_name tax_scheme tax_category metric sensor machine plant building room asset license software_name`

/** Words that make a name speak about the thing and not hold it: `phone_type`, `email_verified`, `iban_count`. */
export const aboutWords = `type count nb nombre_de total enabled required verified valid format template label libelle max min version status statut flag present consent optin opt validated mandatory visible hash_algorithm length size kind confirmed source prefix mode
    typ tipo soort rodzaj tip anzahl cantidad quantita aantal liczba numar_de status_code sts tp verificado verifie verifiziert opted opt_in opt_out unsubscribed subscribed optin_date hint placeholder regex pattern mask policy rule field_name column_name
    order_by sort display_order position visible_flag is_valid has_been permission setting notification_enabled enabled_at expiry expires expire expiration exp_month exp_year expires_at brand funding network
    server port sdk library config configuration parser pattern weight poids icon css component button condition`

/** Names that are no personal data and may be printed as they are. */
export const neutralNames = `id uuid ref reference code status statut state etat date amount montant currency devise quantity quantite item items line ligne lignes total subtotal tax tva vat rate taux value valeur unit unite type category categorie
  created created_at updated updated_at timestamp time start end debut fin begin month mois year annee day jour week semaine period periode company societe entreprise siret siren employer employeur employee employees employe employes salarie salaries customer customers client clients user users person personne persons data payload
  batch lot record records result results list liste page limit offset count nombre number numero index order orders commande commandes invoice invoices facture factures product products produit produits article articles sku price prix payment paiement method methode mode
  ticket tickets case cases dossier dossiers incident messages message channel canal source target origin destination priority priorite severity tag tags label libelle rubrique rubriques element elements pay paie payroll bulletin hours heures days jours base part cotisation cotisations
  contract contrat provider prestataire agent agents team equipe service department departement site etablissement country pays region department job poste fonction emploi title titre grade level niveau coefficient category convention classification temps_travail horaire
  bank banque contact contacts address adresse info information details meta metadata attributes properties settings options config version schema format file fichier files attachments pieces documents document events event history historique action actions task tasks
  due issued paid sent received closed opened resolved absence absences conge conges leave motif reason quantity unit_price net_amount gross_amount rate discount remise delivery livraison shipping tracking parcel colis weight poids size taille color couleur model brand warranty garantie
  urgence emergency enfant enfants child children spouse conjoint dependents recipient sender from to cc subject body content text note notes comment comments description name nom key value values primary secondary main is_active active enabled first last other extra custom
  anciennete entree sortie embauche hire_date exit_date date_entree date_sortie contrat_type cdi cdd statut_cadre ccn idcc naf ape urssaf retraite prevoyance mutuelle csg crds plafond tranche
    nb_txs ctrl_sum cre_dt_tm pmt_mtd btch_bookg svc_lvl lcl_instrm seq_tp reqd_colltn_dt reqd_exctn_dt chrg_br instd_amt ccy amt dt sts cd prtry issr ntry stmt grp_hdr pmt_inf bal cdt_dbt_ind bookg_dt val_dt bk_tx_cd domn fmly sub_fmly_cd ctry ctry_sub_dvsn
    id othr schme_nm pmt_tp_inf msg_id pmt_inf_id end_to_end_id instr_id tx_id ntry_ref strd rfrd_doc_inf cdtr_ref_inf
    customization_id profile_id issue_date due_date invoice_type_code credit_note_type_code document_currency_code tax_point_date buyer_reference order_reference delivery_date tax_scheme tax_category percent line_extension_amount tax_exclusive_amount tax_inclusive_amount payable_amount
    identification_code country_id type_code date_time_string currency_id scheme_id basis_amount calculated_amount category_code rate_applicable_percent line_total_amount grand_total_amount
    resource_type full_url request url system use display coding text profile extension value_coding value_string value_code value_decimal value_quantity status_reason clinical_status verification_status class priority
    livemode object delinquent currency next_invoice_sequence tax_exempt test_clock invoice_prefix is_deleted system_modstamp record_type_id owner_id last_modified_date created_date last_activity_date lifecycle_stage hs_object_id lead_status deal_stage
    bukrs werks btrtl persg persk begda endda subty infty seqnr aedtm uname mandt kostl orgeh plans stell abkrs waers lgart
    datum betrag wahrung menge preis steuer gesamt zeile monat jahr tag fecha importe moneda cantidad precio impuesto linea mes dia data valor moeda quantidade preco imposto linha dia importo valuta quantita prezzo imposta riga mese anno giorno
    bedrag aantal prijs belasting regel maand jaar dag kwota waluta ilosc cena podatek wiersz miesiac rok dzien suma moneda cantitate pret impozit linie luna an zi
    gross_total net_total vat_amount vat_rate iso_code country_code region_code phone_code hire_date start_date end_date termination_date effective_date`

/** Names that only hold: what they stand in says what is below them, `DbtrAcct/Id/Othr/Id`, `data.attributes.name`. */
export const wrapperNames = `id othr value valeur data attribute coding codeable_concept value_codeable_concept node edge field properties content object payload entry element attributes data_item prtry cd_or_prtry`

/** Names whose value names a vocabulary or a schema, an address that nobody lives at. */
export const technicalNames = `system schema namespace xmlns context code_system meta_profile extension_url modifier_extension_url full_url_schema coding_system identifier_system schema_location customization_id profile_id guideline_specified_document_context_parameter_id`

/** Names of the two halves of a pair: `{"name": "date_naissance", "value": "…"}`. */
export const pairNames = `name key field label property attribute code type url question pregunta domanda frage vraag pytanie intrebare libelle champ rubrique field_name column bezeichnung feld campo etiqueta etichetta veld pole nazwa camp id`
export const pairValues = `value valeur val valor valore wert waarde wartosc valoare value_string value_date value_date_time value_code value_integer value_decimal value_boolean value_uri answer reponse respuesta resposta risposta antwort antwoord odpowiedz raspuns current_value new_value old_value`
