import type { State } from '../../answers/current-state/fold.js';
import { CONSENT_SCOPES, PROTECTIONS } from '../../facts/codes.js';
import { codeWords } from '../../facts/labels.js';
import { ageOn, longDay } from '../../kernel/time/swedish-dates.js';
import { capital, careFormWords } from '../words/state-words.js';
import type { Identity } from './person-page.js';

/** Who a person is, by what is true of her on a day. */
export function identityOf(recipient: string, state: State, on: string): Identity {
  const { name, identity, birthDate, protection } = state;
  const number = isState(identity) ? (identity['canonical'] ?? identity['value']) : undefined;
  const born = typeof birthDate === 'string' ? birthDate : typeof number === 'string' ? birthIn(number) : undefined;
  return {
    recipient,
    name: typeof name === 'string' ? name : null,
    ...(typeof number === 'string' ? { number: withDash(number) } : {}),
    ...(born === undefined ? {} : { age: ageOn(born, on) }),
    ...(typeof protection === 'string' && protection !== 'NONE'
      ? { protection: capital(codeWords(PROTECTIONS, protection)) }
      : {}),
  };
}

function withDash(number: string): string {
  return /^\d{12}$/.test(number) ? `${number.slice(0, 8)}-${number.slice(8)}` : number;
}

/** The day of birth in a number of twelve digits; a samordningsnummer has 60 added to it. */
function birthIn(number: string): string | undefined {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})\d{4}$/.exec(number) ?? [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const date = Number(day) > 60 ? Number(day) - 60 : Number(day);
  return `${year}-${month}-${String(date).padStart(2, '0')}`;
}

/** What the head of a person's page says of an episode besides who the contact is. */
export function episodeFacts(state: State): readonly (readonly [label: string, words: string])[] {
  const { careForm, startedOn, plans, consents } = state;
  const plan = isState(plans) ? Object.values(plans).filter(isState).at(-1) : undefined;
  const live = isState(consents)
    ? Object.values(consents)
        .filter(isState)
        .filter((consent) => consent['withdrawnOn'] === undefined)
    : [];
  return [
    ...(typeof careForm === 'string' && typeof startedOn === 'string'
      ? [[capital(careFormWords(careForm)), `sedan ${longDay(startedOn)}`] as const]
      : []),
    ...(plan ? [['Plan', planWords(plan)] as const] : []),
    ...(live.length > 0 ? [['Samtycke', live.map(consentWords).join('; ')] as const] : []),
  ];
}

function planWords({ revisedOn, agreedOn, followUpOn }: State): string {
  const made =
    typeof revisedOn === 'string'
      ? `reviderad ${longDay(revisedOn)}`
      : typeof agreedOn === 'string'
        ? `överenskommen ${longDay(agreedOn)}`
        : 'finns';
  return typeof followUpOn === 'string' ? `${made}, följs upp ${longDay(followUpOn)}` : made;
}

function consentWords({ person, relation, scope }: State): string {
  const who = [person, relation].filter((text) => typeof text === 'string').join(', ');
  const what = Array.isArray(scope) ? scope.map((code) => codeWords(CONSENT_SCOPES, String(code))).join(', ') : '';
  return `${who}: ${what}`;
}

function isState(value: unknown): value is State {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
