/**
 * Every refusal that Douane can give: one code a problem. The order of this table is the order of
 * precedence: of several problems the first is the code. `docs/refusals.md` is generated from it.
 */
import type { Both } from './lang.ts'

export type Phase = 'before' | 'reading' | 'route' | 'content' | 'sending' | 'answer' | 'control'

interface Row {
  readonly status: number
  readonly phase: Phase
  readonly en: string
  readonly fr: string
  /** What to do about it. */
  readonly doEn: string
  readonly doFr: string
}

const row = (phase: Phase, status: number, en: string, fr: string, doEn: string, doFr: string): Row => ({
  phase,
  status,
  en,
  fr,
  doEn,
  doFr,
})

export const refusals = {
  // before judging
  METHOD_REFUSED: row(
    'before',
    405,
    'CONNECT and TRACE are not transfers.',
    'CONNECT et TRACE ne sont pas des transferts.',
    'Use an ordinary method.',
    'Utilisez une méthode ordinaire.',
  ),
  UPGRADE_REFUSED: row(
    'before',
    501,
    'Protocol upgrades cannot be inspected.',
    'Un changement de protocole ne peut pas être contrôlé.',
    'Send a plain HTTP request.',
    'Envoyez une requête HTTP simple.',
  ),
  TARGET_INVALID: row(
    'before',
    400,
    'The request target is not in a form that can be forwarded safely.',
    "L'adresse demandée n'a pas une forme qui puisse être transmise sûrement.",
    'Send a plain path without dot segments, encoded slashes or control bytes.',
    'Envoyez un chemin simple, sans « .. », barre encodée ni octet de contrôle.',
  ),
  TARGET_TOO_LONG: row(
    'before',
    414,
    'The request target is too long.',
    "L'adresse demandée est trop longue.",
    'Shorten it, or send the data in the body.',
    'Raccourcissez-la ou envoyez les données dans le corps.',
  ),
  HEADERS_TOO_LARGE: row(
    'before',
    431,
    'The request headers are too large.',
    'Les en-têtes de la requête sont trop volumineux.',
    'Send fewer or shorter headers.',
    'Envoyez des en-têtes moins nombreux ou plus courts.',
  ),
  HEADER_REPEATED: row(
    'before',
    400,
    'A header that must be unique was repeated.',
    'Un en-tête qui doit être unique est répété.',
    'Send it once.',
    "Ne l'envoyez qu'une fois.",
  ),
  LENGTH_CONFLICT: row(
    'before',
    400,
    'Content-Length and Transfer-Encoding contradict each other.',
    'Content-Length et Transfer-Encoding se contredisent.',
    'Send one of them.',
    "N'envoyez que l'un des deux.",
  ),
  EXPECTATION_FAILED: row(
    'before',
    417,
    'Only Expect: 100-continue is understood.',
    'Seul « Expect: 100-continue » est compris.',
    'Remove the Expect header.',
    "Retirez l'en-tête Expect.",
  ),
  CREDENTIAL_MISSING: row(
    'before',
    401,
    'No Douane credential was sent.',
    "Aucune clé Douane n'a été envoyée.",
    'Send your key as Bearer, as Basic password or as Douane-Key.',
    'Envoyez votre clé en Bearer, en mot de passe Basic ou en Douane-Key.',
  ),
  CREDENTIAL_INVALID: row(
    'before',
    401,
    'The Douane credential is not valid.',
    "La clé Douane n'est pas valable.",
    'Ask the operator for a key.',
    "Demandez une clé à l'exploitant.",
  ),
  CREDENTIAL_CONFLICT: row(
    'before',
    400,
    'Two credentials name different clients.',
    'Deux clés désignent des clients différents.',
    'Send one credential.',
    'Envoyez une seule clé.',
  ),
  ISSUER_UNAVAILABLE: row(
    'before',
    503,
    'The keys of the token’s issuer cannot be fetched, so the token cannot be checked.',
    "Les clés de l'émetteur du jeton sont inaccessibles ; le jeton ne peut pas être vérifié.",
    'Send again later, or use a Douane key.',
    'Réessayez plus tard, ou utilisez une clé Douane.',
  ),
  RATE_LIMITED: row(
    'before',
    429,
    'Too many requests for this client.',
    'Trop de requêtes pour ce client.',
    'Wait for the time in Retry-After.',
    'Attendez le délai indiqué par Retry-After.',
  ),
  SHUTTING_DOWN: row(
    'before',
    503,
    'The gateway is stopping.',
    "La passerelle s'arrête.",
    'Send again to another instance or later.',
    'Réessayez auprès d’une autre instance, ou plus tard.',
  ),
  OVERLOADED: row(
    'before',
    503,
    'The gateway has more work than it can hold.',
    'La passerelle a plus de travail qu’elle ne peut en absorber.',
    'Send again later.',
    'Réessayez plus tard.',
  ),
  POLICY_INVALID: row(
    'before',
    503,
    'No valid policy is in force.',
    "Aucune politique valable n'est en vigueur.",
    'The operator must correct the policy files: douane policy check.',
    "L'exploitant doit corriger les fichiers de la politique : douane policy check.",
  ),
  POLICY_STALE: row(
    'before',
    503,
    'This instance has not confirmed the policy in force.',
    "Cette instance n'a pas confirmé la politique en vigueur.",
    'Send again later.',
    'Réessayez plus tard.',
  ),
  PROVIDER_UNKNOWN: row(
    'before',
    404,
    'No provider with this name is in the register.',
    'Aucun prestataire de ce nom ne figure au registre.',
    'Check the name after /to/.',
    'Vérifiez le nom après /to/.',
  ),
  PURPOSE_MISSING: row(
    'before',
    400,
    'No purpose was given and the client has no default.',
    "Aucune finalité n'est indiquée et le client n'en a pas par défaut.",
    'Send Douane-Purpose.',
    'Envoyez Douane-Purpose.',
  ),
  PURPOSE_UNKNOWN: row(
    'before',
    403,
    'This purpose is not in the client’s register entry.',
    'Cette finalité ne figure pas dans la fiche du client.',
    'Use a registered purpose.',
    'Utilisez une finalité enregistrée.',
  ),
  CASE_MISSING: row(
    'before',
    400,
    'This purpose keeps pseudonyms per case and no case was given.',
    "Cette finalité tient ses pseudonymes par dossier et aucun dossier n'est indiqué.",
    'Send Douane-Case.',
    'Envoyez Douane-Case.',
  ),
  MEDIA_UNSUPPORTED: row(
    'before',
    415,
    'This media type cannot be inspected.',
    'Ce type de contenu ne peut pas être contrôlé.',
    'Send JSON, a urlencoded form or plain text.',
    'Envoyez du JSON, un formulaire (x-www-form-urlencoded) ou du texte.',
  ),
  CHARSET_UNSUPPORTED: row(
    'before',
    415,
    'This charset cannot be inspected.',
    'Ce jeu de caractères ne peut pas être contrôlé.',
    'Send UTF-8.',
    "Envoyez de l'UTF-8.",
  ),
  ENCODING_UNSUPPORTED: row(
    'before',
    415,
    'This content encoding cannot be inspected.',
    'Cette compression ne peut pas être contrôlée.',
    'Send the body uncompressed.',
    'Envoyez le corps non compressé.',
  ),
  BODY_TOO_LARGE: row(
    'before',
    413,
    'The body is larger than the gateway may inspect.',
    'Le corps dépasse ce que la passerelle peut contrôler.',
    'Split it.',
    'Divisez-le.',
  ),
  BODY_TIMEOUT: row(
    'before',
    408,
    'The body did not arrive in time.',
    "Le corps n'est pas arrivé à temps.",
    'Send again.',
    'Réessayez.',
  ),
  // reading
  MEDIA_MISMATCH: row(
    'reading',
    415,
    'The content is not what its media type says.',
    "Le contenu n'est pas ce que son type annonce.",
    'Name the true media type.',
    'Indiquez le vrai type.',
  ),
  PAYLOAD_UNREADABLE: row(
    'reading',
    422,
    'The payload could not be read.',
    "Le contenu n'a pas pu être lu.",
    'Send a well-formed payload.',
    'Envoyez un contenu bien formé.',
  ),
  PAYLOAD_TOO_COMPLEX: row(
    'reading',
    422,
    'The payload is nested too deeply or has too many fields.',
    'Le contenu est trop imbriqué ou a trop de champs.',
    'Split or flatten it.',
    'Divisez-le ou aplatissez-le.',
  ),
  CLASSIFY_BUDGET: row(
    'reading',
    422,
    'The payload needs more work to inspect than its size allows.',
    "Le contrôle du contenu demande plus de travail que sa taille n'en permet.",
    'Send a simpler payload.',
    'Envoyez un contenu plus simple.',
  ),
  CLASSIFY_FAILED: row(
    'reading',
    503,
    'The payload could not be inspected.',
    "Le contenu n'a pas pu être contrôlé.",
    'Send again later; tell the operator.',
    "Réessayez plus tard ; prévenez l'exploitant.",
  ),
  // route
  ENTRY_INACTIVE: row(
    'route',
    403,
    'The register entry is a draft, suspended or past its end.',
    "La fiche du registre est à l'état de projet, suspendue ou échue.",
    'The DPO must approve the entry; a suspended provider is let go on by an approver or operator (douane provider resume).',
    'Le DPO doit approuver la fiche ; un prestataire suspendu est rétabli par un approbateur ou un exploitant (douane provider resume).',
  ),
  ROUTE_HELD: row(
    'route',
    403,
    'An incident or a request of a foreign authority is open at this provider.',
    "Un incident, ou une demande d'une autorité étrangère, est en cours chez ce prestataire.",
    'Wait until the DPO closes it in the register.',
    'Attendez que le DPO le déclare clos au registre.',
  ),
  CONTRACT_MISSING: row(
    'route',
    403,
    'No processor contract in force covers this client and provider.',
    'Aucun contrat de sous-traitance en vigueur ne lie ce client et ce prestataire.',
    'Register the contract (Art. 28(3) GDPR).',
    'Inscrivez le contrat au registre (art. 28(3) du RGPD).',
  ),
  PURPOSE_OUTSIDE_CONTRACT: row(
    'route',
    403,
    'The contract does not name this purpose.',
    'Le contrat ne nomme pas cette finalité.',
    'Use a purpose of the contract, or amend it.',
    'Utilisez une finalité du contrat, ou modifiez celui-ci.',
  ),
  SUBPROCESSOR_UNAUTHORISED: row(
    'route',
    403,
    'A further processor on this route is not authorised.',
    "Un sous-traitant ultérieur de cette route n'est pas autorisé.",
    'Authorise it, or wait until the objection period ends.',
    "Autorisez-le ou attendez la fin du délai d'opposition.",
  ),
  COUNTRY_UNDECLARED: row(
    'route',
    403,
    'Data of this route were seen in a country that the register does not name.',
    'Des données de cette route ont été vues dans un pays que le registre ne nomme pas.',
    'Register the country as a leg with its ground, or have the access ended.',
    "Inscrivez ce pays comme trajet avec son fondement, ou faites cesser l'accès.",
  ),
  NO_GROUND: row(
    'route',
    403,
    'Chapter V gives no ground for this transfer.',
    'Le chapitre V ne donne aucun fondement à ce transfert.',
    'Sign a transfer instrument (Art. 46 GDPR).',
    'Mettez en place des garanties appropriées (art. 46 du RGPD).',
  ),
  GROUND_EXPIRED: row(
    'route',
    403,
    'The ground of this transfer has expired.',
    'Le fondement de ce transfert a expiré.',
    'Renew it or register another.',
    'Renouvelez-le, ou inscrivez-en un autre au registre.',
  ),
  GROUND_INCOMPLETE: row(
    'route',
    403,
    'The ground of this transfer is incomplete.',
    'Le fondement de ce transfert est incomplet.',
    'Complete the clauses, the module or the annexes.',
    'Complétez les clauses, le module ou les annexes.',
  ),
  TIA_MISSING: row(
    'route',
    403,
    'No transfer impact assessment is registered.',
    "Aucune analyse d'impact des transferts n'est inscrite au registre.",
    'Do the assessment and register it.',
    'Faites cette analyse et inscrivez-la au registre.',
  ),
  TIA_EXPIRED: row(
    'route',
    403,
    'The transfer impact assessment is past its review date.',
    "L'analyse d'impact des transferts a dépassé sa date de révision.",
    'Review it and register the new date.',
    'Révisez-la et inscrivez la nouvelle date au registre.',
  ),
  TIA_SCOPE: row(
    'route',
    403,
    'The transfer impact assessment does not cover what was found.',
    "L'analyse d'impact des transferts ne couvre pas ce qui a été trouvé.",
    'Extend the assessment or do not send it.',
    "Étendez l'analyse ou n'envoyez pas ces données.",
  ),
  DEROGATION_REFUSED: row(
    'route',
    403,
    'A derogation (Art. 49 GDPR) cannot carry this transfer.',
    'Une dérogation (art. 49 du RGPD) ne peut pas fonder ce transfert.',
    'Use an instrument of Art. 46.',
    "Recourez aux garanties appropriées de l'art. 46.",
  ),
  LOCALISATION: row(
    'route',
    403,
    'A sector law keeps these data in certain countries or with certified hosts, and this route is outside.',
    'Une loi sectorielle réserve ces données à certains pays ou à des hébergeurs certifiés, ce que cette route ne respecte pas.',
    'Use a host that the law allows, and register its certificate and places.',
    'Recourez à un hébergeur que la loi admet, et inscrivez son certificat et ses lieux.',
  ),
  NO_EFFECTIVE_MEASURE: row(
    'route',
    403,
    'The law of the destination applies to these data and no measure is effective.',
    "La loi du pays de destination s'applique à ces données et aucune mesure supplémentaire n'est efficace.",
    'Send only what can be pseudonymised, or nothing.',
    "N'envoyez que ce qui peut être pseudonymisé, ou rien.",
  ),
  VAULT_NOT_OURS: row(
    'route',
    403,
    'Pseudonyms of this route could be turned back by others than the exporter.',
    "Les pseudonymes de cette route pourraient être levés par d'autres que l'exportateur.",
    'Keep vault, keys and reversal with the exporter, in the EEA or an adequate country.',
    "Gardez le coffre, les clés et la levée chez l'exportateur, dans l'EEE ou un pays adéquat.",
  ),
  NO_GRANT: row(
    'route',
    403,
    'No grant opens this route.',
    "Aucune autorisation n'ouvre cette route.",
    'The DPO must add a grant.',
    'Le DPO doit ajouter une autorisation.',
  ),
  // content
  CATEGORY_OUTSIDE_CONTRACT: row(
    'content',
    403,
    'The payload holds a category that the contract does not name.',
    'Le contenu comporte une catégorie que le contrat ne nomme pas.',
    'Remove it, or amend Annex I.B of the contract.',
    "Retirez-la ou modifiez l'annexe I.B du contrat.",
  ),
  SPECIAL_CATEGORY: row(
    'content',
    403,
    'The payload holds special category data (Art. 9 GDPR).',
    'Le contenu comporte des données sensibles (art. 9 du RGPD).',
    'Remove them.',
    'Retirez-les.',
  ),
  CRIMINAL_DATA: row(
    'content',
    403,
    'The payload holds data on offences (Art. 10 GDPR).',
    "Le contenu comporte des données d'infraction (art. 10 du RGPD).",
    'Remove them.',
    'Retirez-les.',
  ),
  NATIONAL_NUMBER: row(
    'content',
    403,
    'The payload holds a national number that this purpose may not use (Art. 87 GDPR).',
    "Le contenu comporte un numéro d'identification national que cette finalité ne permet pas d'utiliser (art. 87 du RGPD).",
    'Remove it.',
    'Retirez-le.',
  ),
  CONTENT_UNSCANNED: row(
    'content',
    403,
    'The payload holds text that could not be scanned.',
    "Le contenu comporte un texte qui n'a pas pu être analysé.",
    'Remove the text or send it in a covered language, in the clear.',
    'Retirez ce texte ou envoyez-le dans une langue couverte, en clair.',
  ),
  SINGLING_OUT: row(
    'content',
    403,
    'Few people in these data share the same traits, so one could be singled out.',
    "Trop peu de personnes partagent les mêmes caractéristiques dans ces données : l'une d'elles pourrait être individualisée.",
    'Send fewer traits, coarser ones, or a larger batch.',
    'Envoyez des caractéristiques moins nombreuses ou moins précises, ou un lot plus grand.',
  ),
  POLICY_BLOCK: row(
    'content',
    403,
    'A rule of the policy blocks this transfer.',
    'Une règle de la politique bloque ce transfert.',
    'Read the rule; ask the DPO.',
    'Lisez la règle ; consultez le DPO.',
  ),
  CANNOT_TREAT: row(
    'content',
    422,
    'A value that must be treated stands where nothing can replace it.',
    'Une valeur à traiter se trouve là où rien ne peut la remplacer.',
    'Send it as a value, not as a key or a path segment.',
    'Envoyez-la comme valeur, non comme clé ni comme segment de chemin.',
  ),
  // sending, nothing left
  DESTINATION_REFUSED: row(
    'sending',
    502,
    'The provider’s address is not one that the gateway may dial.',
    "L'adresse du prestataire n'est pas de celles que la passerelle peut joindre.",
    'The operator must correct base_url or the exceptions.',
    "L'exploitant doit corriger base_url ou les exceptions.",
  ),
  PROVIDER_CREDENTIAL_MISSING: row(
    'sending',
    503,
    'No credential is bound to this provider.',
    "Aucun secret n'est lié à ce prestataire.",
    'The operator must run douane keys provider.',
    "L'exploitant doit lancer douane keys provider.",
  ),
  VAULT_UNAVAILABLE: row(
    'sending',
    503,
    'The pseudonym vault cannot be reached.',
    'Le coffre des pseudonymes est injoignable.',
    'Send again later.',
    'Réessayez plus tard.',
  ),
  LOG_UNAVAILABLE: row(
    'sending',
    503,
    'The transfer could not be recorded, so nothing was sent.',
    "Le transfert n'a pas pu être inscrit au journal ; rien n'a été envoyé.",
    'Send again later.',
    'Réessayez plus tard.',
  ),
  STORAGE_FULL: row(
    'sending',
    503,
    'The disk of the log is at its watermark.',
    'Le disque du journal a atteint sa limite.',
    'The operator must free space.',
    "L'exploitant doit libérer de la place.",
  ),
  BUSY: row(
    'sending',
    503,
    'Another instance kept the same new values three times over.',
    'Une autre instance a conservé trois fois de suite les mêmes valeurs nouvelles.',
    'Send again.',
    'Réessayez.',
  ),
  PROVIDER_UNREACHABLE: row(
    'sending',
    502,
    'The provider could not be reached; nothing was sent.',
    "Le prestataire est injoignable ; rien n'a été envoyé.",
    'Send again later.',
    'Réessayez plus tard.',
  ),
  // after sending
  PROVIDER_TIMEOUT: row(
    'answer',
    504,
    'The provider did not answer in time.',
    "Le prestataire n'a pas répondu à temps.",
    'Check with the provider before sending again.',
    'Vérifiez auprès du prestataire avant de renvoyer la requête.',
  ),
  PROVIDER_BROKEN: row(
    'answer',
    502,
    'The provider broke off its answer.',
    'Le prestataire a interrompu sa réponse.',
    'Check with the provider before sending again.',
    'Vérifiez auprès du prestataire avant de renvoyer la requête.',
  ),
  ANSWER_TOO_LARGE: row(
    'answer',
    502,
    'The provider’s answer is larger than the gateway may hold.',
    'La réponse du prestataire dépasse ce que la passerelle peut garder en mémoire.',
    'Ask for less.',
    'Demandez-en moins.',
  ),
  ANSWER_UNREADABLE: row(
    'answer',
    502,
    'The provider’s answer could not be read and the register says strict.',
    "La réponse du prestataire n'a pas pu être lue et le registre dit « strict ».",
    'Ask the provider for a readable type.',
    'Demandez au prestataire un type de contenu lisible.',
  ),
  RESTORE_UNAVAILABLE: row(
    'answer',
    502,
    'The answer holds pseudonyms that cannot be restored now.',
    "La réponse comporte des pseudonymes qui ne peuvent pas être levés pour l'instant.",
    'Fetch the answer again later.',
    'Redemandez la réponse plus tard.',
  ),
  INTERNAL: row(
    'answer',
    500,
    'The gateway failed.',
    "Une erreur s'est produite dans la passerelle.",
    'Tell the operator the transfer id.',
    "Donnez à l'exploitant l'identifiant du transfert.",
  ),
  // control plane
  REQUEST_INVALID: row(
    'control',
    400,
    'The request does not match the API description.',
    "La requête ne correspond pas à la description de l'API.",
    'See openapi.yaml.',
    'Voir openapi.yaml.',
  ),
  ROLE_MISSING: row(
    'control',
    403,
    'This key does not carry the role that this needs.',
    "Cette clé n'a pas le rôle requis.",
    'Ask the operator for the role.',
    "Demandez ce rôle à l'exploitant.",
  ),
  NOT_FOUND: row(
    'control',
    404,
    'There is nothing here.',
    "Il n'y a rien ici.",
    'Check the address.',
    "Vérifiez l'adresse.",
  ),
} as const satisfies Record<string, Row>

export type Code = keyof typeof refusals

export const codes = Object.keys(refusals) as readonly Code[]

/** Whether bytes of this transfer may have reached the provider. */
export type Forwarded = 'yes' | 'no' | 'unknown'

export interface RefusedDetail {
  /** Paths as telemetry/ prints them: no name that is not in the lexicon. */
  readonly paths?: readonly string[]
  readonly categories?: readonly string[]
  readonly rules?: readonly string[]
  /** A sentence that adds to the table's, free of personal data. */
  readonly en?: string
  readonly fr?: string
  readonly forwarded?: Forwarded
  readonly providerStatus?: number
  /** Seconds, for Retry-After. */
  readonly retryAfter?: number
}

/** The one error that a transfer may end with. Its message is the table's sentence: never a value. */
export class Refused extends Error {
  readonly code: Code
  readonly detail: RefusedDetail

  constructor(code: Code, detail: RefusedDetail = {}) {
    super(refusals[code].en)
    this.name = 'Refused'
    this.code = code
    this.detail = detail
  }

  get status(): number {
    return refusals[this.code].status
  }
}

/** Of several codes the one that the table names first. */
export const firstCode = (found: Iterable<Code>): Code | undefined => {
  const set = new Set(found)
  return codes.find((code) => set.has(code))
}

/** For what is wrong at start-up or on the command line, in the languages of those who run it. */
export class Misconfigured extends Error {
  override readonly name = 'Misconfigured'
  readonly fr: string

  constructor(en: string, fr: string) {
    super(en)
    this.fr = fr
  }
}

/** Several faults at once, each in a line of its own. */
export const allWrong = (faults: readonly Both[]): Misconfigured =>
  new Misconfigured(faults.map(({ en }) => en).join('\n'), faults.map(({ fr }) => fr).join('\n'))

/** What is wrong with a file, as it follows its path. */
export const wrongFile = (path: string, en: string, fr: string): Misconfigured =>
  new Misconfigured(`${path}: ${en}`, `${path} : ${fr}`)

/** The system's code of an error; its message may quote. */
export const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unknown'

/**
 * A file that is not there, or that we may not read.
 * @param setting that names the file; @param then what to do about it, as it follows the sentence
 */
export const unreadable = (
  path: string,
  error: unknown,
  { setting, then = { en: '', fr: '' } }: { readonly setting?: string; readonly then?: Both } = {},
): Misconfigured => {
  const [en, fr] = setting === undefined ? ['', ''] : [`${setting}: `, `${setting} : `]
  const code = codeOf(error)
  return new Misconfigured(
    `${en}${path} cannot be read (${code})${then.en}`,
    `${fr}${path} : lecture impossible (${code})${then.fr}`,
  )
}

/** A fault of a policy file: where it is and what would be right. */
export interface PolicyFault {
  readonly file: string
  /** 1-based. */
  readonly line: number
  readonly column: number
  readonly message: Both
  /** The source line, as written. */
  readonly source: string
  /** What would be right. */
  readonly hint?: Both
}

/** All faults of a policy folder at once. */
export class PolicyInvalid extends Error {
  override readonly name = 'PolicyInvalid'
  readonly faults: readonly PolicyFault[]

  constructor(faults: readonly PolicyFault[]) {
    super(faults.map((f) => `${f.file}:${f.line}:${f.column}: ${f.message.en}`).join('\n'))
    this.faults = faults
  }
}
