import { describe, expect, it } from '@jest/globals';
import { dayOf } from '../kernel/time/day.js';
import { legalBasisOn, RULES, rulesOn, versionsFor } from './catalogue.js';
import { LEGAL_BASES } from './legal-basis.js';
import { POLICY_DEFAULTS } from './policy.js';
import type { Rule, RuleVersion } from './rule.js';
import { Pieces } from './rules/pieces.js';
import { assigned, offered, started } from './testing/facts.spec-helper.js';
import { given } from './testing/history.spec-helper.js';

describe('the catalogue', () => {
  const ids = (date: string) => rulesOn(dayOf(date)).map(({ id }) => id);

  it('holds the rules in their order', () => {
    expect(ids('2024-01-01')).toEqual([
      'OFFER',
      'UNNECESSARY',
      'ANSWER',
      'DECLINE_REASON',
      'ASSIGNED',
      'TITLE',
      'TRAINING',
      'SIGNED',
      'YEARLY',
      'PLAN',
      'FOLLOW_UP_DATE',
      'FOLLOW_UP',
      'NAMED',
      'DEPUTY',
      'CONSENT',
      'INFORMED',
      'BOOKED',
      'AGREED_WITH',
      'NOTED',
      'APPOINTED',
      'CHANGE',
      'FIRST_CONTACT',
      'STARTED_IN_TIME',
      'PLAN_RENEWED',
      'RISK',
    ]);
    expect(ids('2023-07-01')).toContain('TITLE');
    expect(ids('2023-06-30')).not.toContain('TITLE');
    expect(ids('2023-06-30')).toHaveLength(24);
  });

  it('names the old act to 2025-06-30 and the new one from 2025-07-01 (E58), and no law before it was in force (E57)', () => {
    const basis = (rule: string, date: string) => legalBasisOn(rule, dayOf(date));
    expect(basis('OFFER', '2022-06-30')).toBeUndefined();
    expect(basis('OFFER', '2022-07-01')).toBe('4 kap. 2 b § socialtjänstlagen (2001:453)');
    expect(basis('OFFER', '2025-06-30')).toBe('4 kap. 2 b § socialtjänstlagen (2001:453)');
    expect(basis('OFFER', '2025-07-01')).toBe('10 kap. 7 § socialtjänstlagen (2025:400)');
    for (const rule of ['UNNECESSARY', 'ASSIGNED'])
      expect(basis(rule, '2025-07-01')).toBe('Kommunens rutin för fast omsorgskontakt');
    expect(basis('TITLE', '2023-06-30')).toBeUndefined();
    expect(basis('TITLE', '2023-07-01')).toMatch(/^3 kap\. 3 d § socialtjänstlagen \(2001:453\)/);
    expect(basis('TITLE', '2025-06-30')).toMatch(/^3 kap\. 3 d §/);
    expect(basis('TITLE', '2025-07-01')).toMatch(/^25 kap\. 4 § socialtjänstlagen \(2025:400\)/);
    expect(basis('PLAN', '2024-01-01')).toBe('Kommunens rutin för fast omsorgskontakt');
    expect(basis('DEPUTY', '2024-01-01')).toMatch(/^Rekommendation/);
    expect(basis('NO_SUCH_RULE', '2024-01-01')).toBeUndefined();
  });

  it('says which rules are law and which are not, what a lawyer reads, and which policy values set the targets', () => {
    const law = rulesOn(dayOf('2024-01-01')).filter(({ kind }) => kind === 'STATUTORY');
    expect(law.map(({ id }) => id)).toEqual(['OFFER', 'TITLE']);
    expect(rulesOn(dayOf('2024-01-01')).filter(({ kind }) => kind === 'LOCAL')).toHaveLength(23);
    for (const rule of rulesOn(dayOf('2024-01-01'))) {
      expect(rule.text).toMatch(/^[A-ZÅÄÖ].{40,}\.$/);
      expect(rule.name).toMatch(/^[A-ZÅÄÖ]/);
      expect(rule.legalBasis).toBeDefined();
      expect(rule.careForms).toEqual([
        'HOME_CARE',
        'HOUSING_SUPPORT',
        'RESIDENTIAL_CARE',
        'LSS',
        'SHORT_TERM',
        'DAY_CARE',
      ]);
    }
    const parameters = Object.fromEntries(
      rulesOn(dayOf('2024-01-01')).flatMap(({ id, parameters: own }) =>
        own.filter((each) => each.default !== null).map((each) => [`${id} ${each.name}`, each.default]),
      ),
    );
    expect(parameters).toEqual({
      'OFFER offerTargetDays': 14,
      'ANSWER answerTargetDays': 14,
      'ASSIGNED assignTargetDays': 14,
      'TITLE allowTransition': true,
      'TITLE titleForDeputy': true,
      'SIGNED signTargetDays': 14,
      'YEARLY yearlyMonths': 12,
      'PLAN planTargetDays': 30,
      'PLAN planFrom': 'YES',
      'PLAN planForDeclined': false,
      'FOLLOW_UP planFollowUpMaxMonths': 6,
      'NAMED recordTargetDays': 14,
      'NAMED nameSecond': false,
      'CONSENT consentForProfessionals': false,
      'AGREED_WITH agreedWithRecipient': false,
      'APPOINTED appointedByManager': false,
    });
    expect(POLICY_DEFAULTS.planTargetDays).toBe(30);
  });

  it('says of each rule whether it is said per assignment, and its segments agree', () => {
    const perAssignment = rulesOn(dayOf('2024-01-01'))
      .filter((rule) => rule.perAssignment)
      .map(({ id }) => id);
    expect(perAssignment).toEqual(['TITLE', 'TRAINING', 'SIGNED', 'YEARLY', 'NAMED', 'APPOINTED', 'CHANGE']);
    const segments =
      given(started('2024-01-01'), offered('2024-01-01'), assigned('2024-01-01')).assessment()?.segments ?? [];
    const said = new Set(segments.filter(({ assignment }) => assignment !== undefined).map(({ rule }) => rule));
    // The last two are off until a policy sets them.
    expect([...said]).toEqual(perAssignment.slice(0, -2));
  });

  it('says from when a rule is valid', () => {
    const title = rulesOn(dayOf('2024-01-01')).find(({ id }) => id === 'TITLE');
    expect(title?.validFrom).toBe(dayOf('2023-07-01'));
    expect(title?.validTo).toBeUndefined();
  });

  it('takes another table of legal bases, so that a reference can be put right without a release', () => {
    const table = { ...LEGAL_BASES, TITLE_DUTY: [{ text: 'another paragraph' }] };
    expect(legalBasisOn('TITLE', dayOf('2024-01-01'), table)).toBe('another paragraph');
    expect(rulesOn(dayOf('2024-01-01'), { legalBases: table }).find(({ id }) => id === 'TITLE')?.legalBasis).toBe(
      'another paragraph',
    );
  });
});

describe('a rule that is mended', () => {
  const version = (
    name: string,
    status: 'MET' | 'BREACH' | 'WARNING',
    more: Partial<RuleVersion> = {},
  ): RuleVersion => ({
    version: name,
    text: name,
    parameters: [],
    evaluate: ({ assignments }) => {
      const pieces = new Pieces();
      pieces.say(dayOf('2000-01-01'), dayOf('2030-01-01'), status, [name]);
      for (const { id, from, to } of assignments) pieces.of(id).say(from, to, status, [name]);
      return pieces.list;
    },
    ...more,
  });
  const rule = (...versions: readonly RuleVersion[]): Rule => ({ ...RULES[0]!, versions });
  const mended = rule(version('1', 'BREACH'), version('2', 'MET'));
  const history = given(started('2024-01-01'), assigned('2024-01-01'), assigned('2024-02-01', 'second', 'bo'));
  const said = (rules: Rule, options: { ruleVersions?: Record<string, string> } = {}) =>
    history
      .with({ rules: [rules], ...options })
      .assessment()
      ?.segments.filter(({ assignment }) => assignment === undefined)
      .map(({ ruleVersion, status }) => `${ruleVersion} ${status}`);

  it('is judged by its new version at all knowledge times', () => {
    expect(said(mended)).toEqual(['2 MET']);
    expect(
      history
        .with({ rules: [mended] })
        .knownAt('2021-01-01T00:01:00.000Z')
        .segments('OFFER'),
    ).toEqual(['MET 2024-01-01..2029-12-31']);
    expect(rulesOn(dayOf('2024-01-01'), { rules: [mended] })[0]?.version).toBe('2');
  });

  it('can be judged by a version that is named, so that an old report can be made again', () => {
    expect(said(mended, { ruleVersions: { OFFER: '1' } })).toEqual(['1 BREACH']);
    expect(said(mended, { ruleVersions: { OTHER: '1' } })).toEqual(['2 MET']);
    expect(said(mended, { ruleVersions: { OFFER: 'none such' } })).toEqual([]);
  });

  it('has each day judged by the version valid on it; the segment has the version of its first day', () => {
    const split = rule(
      version('1', 'BREACH', { validTo: dayOf('2024-03-31') }),
      version('2', 'MET', { validFrom: dayOf('2024-04-01') }),
    );
    expect(history.with({ rules: [split] }).segments('OFFER')).toEqual([
      'BREACH 2024-01-01..2024-03-31',
      'MET 2024-04-01..2029-12-31',
    ]);
    const same = rule(
      version('1', 'MET', { validTo: dayOf('2024-03-31') }),
      version('2', 'MET', { validFrom: dayOf('2024-04-01') }),
    );
    expect(history.with({ rules: [same] }).segments('OFFER')).toEqual(['MET 2024-01-01..2029-12-31']);
    expect(said(same)).toEqual(['1 MET']);
    expect(history.with({ rules: [same] }).segments('OFFER', 'second')).toEqual(['MET 2024-02-01..']);
    expect(
      history
        .with({ rules: [split] })
        .assessment()
        ?.segments.map(({ assignment, status }) => `${assignment ?? '-'} ${status}`),
    ).toEqual(['- BREACH', '- MET', 'assignment BREACH', 'assignment MET', 'second BREACH', 'second MET']);
  });

  it('has the later version on days on which two are valid', () => {
    const inserted = rule(
      version('1', 'BREACH'),
      version('2', 'MET', { validFrom: dayOf('2024-02-01'), validTo: dayOf('2024-02-29') }),
    );
    expect(history.with({ rules: [inserted] }).segments('OFFER')).toEqual([
      'BREACH 2024-01-01..2024-01-31',
      'MET 2024-02-01..2024-02-29',
      'BREACH 2024-03-01..2029-12-31',
    ]);
    expect(versionsFor(inserted).map(({ days }) => days.length)).toEqual([2, 1]);
    expect(
      versionsFor(rule(version('1', 'BREACH'), version('2', 'MET'))).map(({ version: { version: name } }) => name),
    ).toEqual(['2']);
  });

  it('has none on days on which no version is valid', () => {
    const gone = rule(version('1', 'MET', { validTo: dayOf('2023-12-31') }));
    expect(said(gone)).toEqual([]);
    expect(rulesOn(dayOf('2024-01-01'), { rules: [gone] })).toEqual([]);
    expect(rulesOn(dayOf('2023-12-31'), { rules: [gone] })).toHaveLength(1);
    expect(said(rule())).toEqual([]);
  });
});
