/** The groups of the documentation, one a resource, in the order of the process; by the first part of the path. */
export const GROUPS: Readonly<Record<string, string>> = {
  me: 'Den inloggade',
  controllers: 'Personuppgiftsansvariga och lokala riktlinjer',
  units: 'Enheter',
  staff: 'Medarbetare',
  recipients: 'Omsorgstagare',
  'care-episodes': 'Omsorgsperioder',
  entries: 'Rättelser',
  rules: 'Regler',
  reports: 'Rapporter',
  grants: 'Behörigheter',
  inspections: 'Granskningar',
  access: 'Åtkomst',
  'access-log': 'Åtkomstlogg',
  verifications: 'Kontroller av loggen',
  codes: 'Ord för koder',
  projections: 'Drift',
  problems: 'Fel',
};

/** What a parameter means that says nothing itself, by its name; `replay to` where a path means it otherwise. */
const PARAMETERS: Readonly<Record<string, string>> = {
  id: 'Id för det som anropet gäller.',
  event: 'Händelsens id.',
  offer: 'Erbjudandets id.',
  assignment: 'Uppdragets id.',
  plan: 'Genomförandeplanens id.',
  consent: 'Samtyckets id.',
  request: 'Önskemålets id: det om byte av kontakt.',
  agreement: 'Överenskommelsens id: den om privata medel.',
  recipient: 'Omsorgstagarens id.',
  controller: 'Den personuppgiftsansvariges id.',
  code: 'Felets kod.',
  name: 'Vyns namn.',
  figure: 'Rapporttalets namn.',
  on: 'Dagen som frågan gäller, ÅÅÅÅ-MM-DD. Utelämnas den gäller det i dag.',
  asOf: 'Vad som hade blivit sant till och med den dagen, ÅÅÅÅ-MM-DD. Utelämnas den gäller det i dag.',
  knownAt:
    'Enligt vad som var känt vid den tidpunkten (RFC 3339, UTC, högst sex decimaler). Utelämnas den gäller det som är känt nu.',
  from: 'Periodens första dag, ÅÅÅÅ-MM-DD.',
  to: 'Periodens sista dag, ÅÅÅÅ-MM-DD.',
  every: 'Hur tätt talen ska ges.',
  details: 'Om även ledtider och registrerade händelser ska ges.',
  cursor: 'Var nästa sida börjar: det som förra svaret gav i next.',
  limit: 'Hur många som högst ges på en sida.',
  'X-Actor-Id': 'Den som gör det: ett id, aldrig ett namn.',
  'X-Actor-Role': 'I vilken roll.',
  'replay to': 'Händelsens plats i loggen: steget till och med den.',
};

/** @param path of the operation @returns undefined for a parameter that has no words yet */
export function parameterWords(path: string, name: string): string | undefined {
  return (path.endsWith('/replay') ? PARAMETERS[`replay ${name}`] : undefined) ?? PARAMETERS[name];
}

/** The group of an operation. @param path as `/api/v1/units/{id}` */
export function groupOf(path: string): string | undefined {
  return GROUPS[path.split('/')[3] ?? ''];
}
