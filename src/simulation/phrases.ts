/* Names and phrases of the simulated people. Common Swedish names, freely combined. */

export const WOMEN = [
  'Anna',
  'Birgitta',
  'Elsa',
  'Gun',
  'Ingrid',
  'Karin',
  'Kerstin',
  'Lena',
  'Maj-Britt',
  'Margareta',
  'Marianne',
  'Rut',
  'Sigrid',
  'Siv',
  'Ulla',
  'Viola',
  'Åsa',
  'Amina',
  'Fatima',
  'Helmi',
  'Jelena',
  'Linnéa',
  'Sara',
  'Yvonne',
] as const;
export const MEN = [
  'Arne',
  'Bengt',
  'Bertil',
  'Bo',
  'Erik',
  'Göran',
  'Gunnar',
  'Hans',
  'Ingemar',
  'Karl-Erik',
  'Lars',
  'Lennart',
  'Nils',
  'Olle',
  'Rolf',
  'Stig',
  'Sven',
  'Tage',
  'Åke',
  'Ahmed',
  'Dragan',
  'Heikki',
  'Johan',
  'Mikael',
] as const;
export const SURNAMES = [
  'Andersson',
  'Berg',
  'Bergström',
  'Dahl',
  'Ekström',
  'Eriksson',
  'Forsberg',
  'Gustafsson',
  'Hansson',
  'Holm',
  'Jansson',
  'Johansson',
  'Karlsson',
  'Korhonen',
  'Larsson',
  'Lind',
  'Lundqvist',
  'Mårtensson',
  'Nilsson',
  'Nyström',
  'Olsson',
  'Persson',
  'Pettersson',
  'Sjöberg',
  'Ström',
  'Svensson',
  'Wallin',
  'Åberg',
  'Öberg',
  'Hassan',
  'Nguyen',
  'Petrović',
] as const;

export const MUNICIPALITY = 'Björkåsens kommun';
export const PROVIDERS = [
  'Ängens Omsorg AB',
  'Lindens Hemtjänst AB',
  'Trygg Vardag i Norden AB',
  'Solgläntans Omsorg AB',
] as const;
export const PLACES = [
  'Norra',
  'Södra',
  'Östra',
  'Västra',
  'Centrum',
  'Ekbacken',
  'Hagalund',
  'Kvarnen',
  'Lövängen',
  'Strandvägen',
  'Tallåsen',
  'Vallmon',
] as const;
export const UNIT_WORDS: Readonly<Record<string, string>> = {
  HOME_CARE: 'Hemtjänst',
  HOUSING_SUPPORT: 'Boendestöd',
  RESIDENTIAL_CARE: 'Äldreboende',
  LSS: 'LSS-boende',
};

export const LATE_REASONS = [
  'Underlaget kom in sent',
  'Vikarie saknade behörighet i systemet',
  'Upptäckt vid egenkontroll',
  'Driftstopp i verksamhetssystemet',
  'Antecknat på papper vid besöket',
] as const;
export const CORRECTION_REASONS = [
  'Fel dag angiven',
  'Dagen blandades ihop med dokumentationsdagen',
  'Enligt anteckning i kalendern var det en annan dag',
] as const;
export const UNNECESSARY_REASONS = [
  'Endast trygghetslarm, klarar vardagen själv',
  'Endast matdistribution, träffar ingen omvårdnadspersonal',
  'Litet behov, gott stöd av närstående',
] as const;
export const RECIPIENT_VIEWS = [
  'Tycker inte att det behövs',
  'Vill avvakta, hör av sig vid behov',
  'Är nöjd som det är',
] as const;
export const DECLINE_TEXTS = [
  'Har sin dotter nära',
  'Känner alla i gruppen',
  'Vill inte binda sig vid en person',
] as const;
export const OVERRIDE_REASONS = [
  'Ingen undersköterska i gruppen just nu',
  'Väntar på bevis från Socialstyrelsen',
] as const;
export const LANGUAGE_WISH = 'Önskar någon som talar finska';
export const WISH_TEXTS = ['Personkemin fungerade inte', LANGUAGE_WISH, 'Önskar en kvinna som kontakt'] as const;
export const UNDERSTOOD_TEXTS = [
  'Berättade med egna ord vad kontakten ska göra',
  'Ställde frågor om hur ett byte går till',
  'Upprepade informationen tillsammans med sin anhörig',
] as const;
export const CONSIDERATION_TEXTS = [
  'Känner omsorgstagaren sedan tidigare',
  'Talar samma språk som omsorgstagaren',
  'Arbetar de tider som omsorgstagaren önskade',
  'Har erfarenhet av demenssjukdom',
] as const;
export const WITHOUT_CONTACT_TEXTS = ['Vill klara sig utan', 'Tycker att hela gruppen räcker'] as const;
export const ATTACHMENTS = [
  'Checklista för nyckelhantering',
  'Schema för larmprov',
  'Överenskommelse om inköp',
] as const;
export const RENEWAL_NOTES = [
  'Insatserna har ändrats, planen gäller i övrigt',
  'Gick igenom de nya insatserna',
  'Tiderna anpassades till de nya insatserna',
] as const;
export const PROFESSIONAL = { person: 'Distriktssköterskan på vårdcentralen', relation: 'distriktssköterska' } as const;
export const OTHER_COURSES = ['Demenssjukdom – bemötande', 'Förflyttningsteknik', 'Dokumentation enligt SoL'] as const;
export const PLAN_DECLINED_TEXTS = [
  'Vill inte ha något skrivet om sig',
  'Tycker att det räcker med beslutet',
  'Orkar inte med fler möten',
] as const;
export const RISK_REFERENCES = ['Riskbedömning i hemmet, journalen', 'Checklista risker, pärmen hos enheten'] as const;
export const FUNDS_REFERENCES = ['Överenskommelse om privata medel, akten', 'Blankett 14, akten'] as const;
export const STATEMENTS = ['Mötet ägde aldrig rum enligt mig', 'Jag har inte sagt så', 'Dagen stämmer inte'] as const;
export const NOTES = [
  'Allt fungerar väl',
  'Vill ha duschhjälp på förmiddagen',
  'Önskar fler promenader',
  'Kontakten håller tiderna bättre nu',
] as const;
export const SECTIONS = {
  security: ['Ringer alltid före besök', 'Samma nyckelhantering varje gång', 'Larmet provas varje månad'],
  continuity: ['Högst sex olika personer per vecka', 'Kontakten kommer på vardagar', 'Fasta tider morgon och kväll'],
  individualCare: [
    'Klär sig själv, får hjälp med stödstrumpor',
    'Vill duscha tisdagar och fredagar',
    'Äter frukost i lugn och ro',
  ],
  coordination: [
    'Kontakten ringer vårdcentralen vid behov',
    'Dottern får veta när planen ändras',
    'Samverkar med distriktssköterskan',
  ],
} as const;
export const RELATIONS = ['dotter', 'son', 'maka', 'make', 'syster', 'granne', 'barnbarn'] as const;
export const EDUCATIONS = [
  'Stödassistent, yrkeshögskola',
  'Omvårdnadsprogrammet',
  'Barn- och fritidsprogrammet med påbyggnad',
] as const;
export const COURSE = 'Fast omsorgskontakt – grundutbildning';
