/** Every code that may stand in the log, with the words that people read instead. */

export const CARE_FORMS = {
  HOME_CARE: 'hemtjänst',
  HOUSING_SUPPORT: 'boendestöd',
  RESIDENTIAL_CARE: 'särskilt boende',
  LSS: 'verksamhet enligt LSS',
  SHORT_TERM: 'korttidsboende',
  DAY_CARE: 'dagverksamhet',
};

export const CONTROLLER_KINDS = { MUNICIPAL: 'kommun', PRIVATE: 'privat utförare' };

export const LEGAL_GROUNDS = {
  SOL_NEEDS_ASSESSED: 'SoL, efter behovsprövning',
  SOL_WITHOUT_ASSESSMENT: 'SoL, utan behovsprövning',
  LSS: 'LSS',
  OTHER: 'annat',
};

export const SERVICES = {
  SAFETY_ALARM: 'trygghetslarm',
  MEALS: 'matdistribution',
  CLEANING: 'städning',
  SHOPPING: 'inköp',
  LAUNDRY: 'tvätt',
  PERSONAL_CARE: 'personlig omvårdnad',
  SOCIAL_CONTACT: 'social samvaro',
  DELEGATED_HEALTH_CARE: 'delegerad hälso- och sjukvård',
  RESPITE: 'avlösning',
  ESCORT: 'ledsagning',
  NIGHT_CHECK: 'nattillsyn',
  OTHER: 'annat',
};

export const PAUSE_CAUSES = {
  HOSPITAL: 'sjukhusvistelse',
  SHORT_TERM_STAY: 'korttidsboende',
  AWAY: 'bortrest',
  OTHER: 'annat',
};

export const END_CAUSES = {
  DECISION_ENDED: 'beslutet upphörde',
  MOVED: 'flyttade',
  PROVIDER_CHANGED: 'byte av utförare',
  DEATH: 'avliden',
  RECIPIENT_REQUEST: 'på egen begäran',
  OTHER: 'annat',
};

export const INFORMATION_FORMS = {
  PHYSICAL_MEETING: 'fysiskt möte',
  VIDEO: 'videomöte',
  PHONE: 'telefon',
  WRITTEN: 'skriftligt',
};

/** The points of the conversation that the routine asks for, and further ones that may be noted. */
export const INFORMATION_ITEMS = {
  ROLE_REPLACES_CONTACT_PERSON: 'kontaktmannaskapet ersätts',
  ROLE_CONTENT: 'rollens innehåll',
  FREE_CHOICE: 'kan tacka ja eller nej',
  RELATIVES_ASKED: 'tillfrågad om anhörig eller legal företrädare ska informeras',
  BROCHURE: 'informationsbroschyren utdelad',
  UNDERSTOOD: 'har förstått informationen',
  DETAILS_WILL_BE_AGREED: 'innehållet kommer att överenskommas i genomförandeplanen',
  CONTACT_NAMED: 'vem som föreslås som kontakt',
  INFORMATION_SHEET: 'informationsbladet utdelat',
};

export const RELATIVES_WISHES = {
  INFORM: 'vill att anhöriga informeras',
  NOT_NOW: 'vill inte att anhöriga informeras nu',
  NONE_EXISTS: 'har inga anhöriga',
};

export const COUNTER_INDICATIONS = {
  LIMITED_NETWORK: 'begränsat nätverk',
  COGNITIVE_IMPAIRMENT: 'kognitiv funktionsnedsättning',
  OTHER: 'annat',
};

export const PLAN_MEETING_ITEMS = {
  ROLE_REPEATED: 'rollen genomgången på nytt',
  SECURITY: 'trygghet',
  CONTINUITY: 'kontinuitet',
  INDIVIDUAL_CARE: 'individanpassad omsorg',
  COORDINATION: 'samordning',
};

export const CHANGE_OUTCOMES = {
  CHANGED: 'kontakten byttes',
  NOT_POSSIBLE: 'byte var inte möjligt',
  WITHDRAWN: 'önskemålet togs tillbaka',
  OTHER: 'annat',
};

export const ATTENDEE_KINDS = {
  RECIPIENT: 'omsorgstagaren',
  RELATIVE: 'anhörig',
  REPRESENTATIVE: 'legal företrädare',
  CONTACT: 'fast omsorgskontakt',
  MANAGER: 'enhetschef',
  CASE_OFFICER: 'biståndshandläggare',
  HEALTH_PROFESSIONAL: 'legitimerad personal',
  INTERPRETER: 'tolk',
  OTHER: 'annan',
};

export const ANSWERED_BY = { RECIPIENT: 'omsorgstagaren', REPRESENTATIVE: 'legal företrädare' };

export const DECLINE_REASONS = {
  ENOUGH_SUPPORT: 'har tillräckligt stöd',
  NO_SINGLE_PERSON: 'vill inte ha en särskild person',
  HAS_RELATIVE: 'har stöd av anhörig',
  SHORT_STAY: 'har hemtjänst en kort tid',
  DID_NOT_WISH_TO_STATE: 'vill inte ange orsak',
  OTHER: 'annan orsak',
};

export const CONSENT_SCOPES = {
  INFORM: 'informeras',
  ATTEND_MEETINGS: 'delta i möten',
  CONTACT_DETAILS: 'få kontaktuppgifter',
  SHARE_WITH_PROFESSIONALS: 'uppgifter delas med professionen',
};

export const CONTACT_ROLES = {
  PRIMARY: 'ordinarie fast omsorgskontakt',
  SECOND: 'andra fast omsorgskontakt',
  DEPUTY: 'vice omsorgskontakt',
};

export const INITIATORS = { RECIPIENT: 'omsorgstagaren', UNIT: 'enheten', STAFF: 'medarbetaren' };

export const CONTACT_CHANGE_REASONS = {
  RECIPIENT_WISH: 'omsorgstagarens önskemål',
  STAFF_LEFT: 'medarbetaren har slutat',
  STAFF_LEAVE: 'medarbetaren är ledig',
  UNIT_CHANGE: 'byte av enhet',
  SUITABILITY: 'lämplighet',
  LANGUAGE: 'språk',
  OTHER: 'annan orsak',
};

export const FOLLOW_UP_OUTCOMES = {
  UNCHANGED: 'oförändrat',
  REVISE_PLAN: 'planen revideras',
  CHANGE_CONTACT: 'byte av kontakt',
  OTHER: 'annat',
};

export const FOLLOW_UP_NOT_HELD_REASONS = {
  RECIPIENT_ABSENT: 'omsorgstagaren frånvarande',
  RECIPIENT_DECLINED: 'omsorgstagaren avböjde',
  STAFF_UNAVAILABLE: 'personal saknades',
  OTHER: 'annat',
};

export const DOCUMENTS = { JOURNAL: 'social journal', PLAN: 'genomförandeplan', PROFILE: 'personbild' };

export const PROTECTIONS = {
  NONE: 'inga',
  CONFIDENTIALITY_MARKED: 'sekretessmarkering',
  PROTECTED_REGISTRATION: 'skyddad folkbokföring',
};

export const REPRESENTATIVE_KINDS = {
  GOD_MAN: 'god man',
  FORVALTARE: 'förvaltare',
  FRAMTIDSFULLMAKT: 'framtidsfullmäktig',
  OMBUD: 'ombud med fullmakt',
  VARDNADSHAVARE: 'vårdnadshavare',
};

export const IDENTITY_TYPES = {
  PERSONNUMMER: 'personnummer',
  SAMORDNINGSNUMMER: 'samordningsnummer',
  RESERVE: 'reservnummer',
};

export const EMPLOYMENT_FORMS = {
  PERMANENT: 'tillsvidare',
  FIXED_TERM: 'tidsbegränsad',
  HOURLY: 'timanställning',
  PROBATIONARY: 'provanställning',
};

export const TITLE_METHODS = {
  HOSP_DIRECT: 'slagning i HOSP',
  SOCIALSTYRELSEN_QUERY: 'fråga till Socialstyrelsen',
  CERTIFICATE_SHOWN: 'bevis uppvisat',
};

export const WITHDRAWAL_CAUSES = {
  WRONG_PERSON: 'fel person',
  MISREAD: 'fel avläst',
  FORGED: 'förfalskat',
  WRONG_REGISTER_HIT: 'fel träff i registret',
  OTHER: 'annat',
};

export const PLAN_STARTS = { YES: 'ett ja till kontakten', START: 'omsorgsperiodens början' };

export const ANNULMENT_CAUSES = {
  WRONG_RECIPIENT: 'fel person',
  NEVER_HAPPENED: 'har inte ägt rum',
  DUPLICATE: 'dubblett',
  OTHER: 'annat',
};

/** The roles that somebody is given by a decision; the others follow from what is recorded anyway. */
export const GRANTED_ROLES = {
  SAS: 'socialt ansvarig samordnare',
  CASE_OFFICER: 'biståndshandläggare',
  AUDITOR: 'granskare',
  ADMIN: 'systemadministratör',
  INTEGRATION: 'anslutet system',
  RECIPIENT_DESK: 'registerutdrag och frågor från enskilda',
  UNIT_DEPUTY: 'ställföreträdande enhetschef',
};

export const INSPECTION_AUTHORITIES = {
  IVO: 'Inspektionen för vård och omsorg',
  MUNICIPAL_AUDITOR: 'kommunens revisorer',
  JO: 'Justitieombudsmannen',
  OTHER: 'annan',
};

export const GLASS_REASONS = {
  EMERGENCY: 'nödsituation',
  SUBSTITUTE: 'rycker in för en kollega',
  RECIPIENT_ASKED: 'omsorgstagaren bad om det',
  OTHER: 'annat',
};

export const GLASS_VERDICTS = { JUSTIFIED: 'befogad', NOT_JUSTIFIED: 'inte befogad' };

export const REVIEW_METHODS = { DAY: 'en lottad dag', USERS: 'lottade användare' };

export const REVIEW_OUTCOMES = { NO_REMARK: 'utan anmärkning', REMARK: 'med anmärkning' };

/** In which capacity somebody records. Any other text may stand there too. */
export const ACTOR_ROLES = {
  UNIT_MANAGER: 'enhetschef',
  CONTACT: 'fast omsorgskontakt',
  CARE_CONTACT: 'fast omsorgskontakt',
  CARE_STAFF: 'omsorgspersonal',
  ...GRANTED_ROLES,
  ADMINISTRATOR: 'administratör',
};
