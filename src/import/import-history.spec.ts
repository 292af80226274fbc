import { readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { forgetPersons } from '../audit/forget/forget.js';
import type { FactsForStream } from '../kernel/event-sourcing/event-log.js';
import { importedEventId } from './event-ids.js';
import { importHistory } from './import-history.js';
import { groundwork, IDS, ImportBench, line, type LineObject, sections, uuid } from './testing/history.spec-helper.js';

const EPISODE = `careEpisode-${IDS.episode}`;
const STAFF = `staff-${IDS.staff}`;
const offered = (rest: LineObject = {}): LineObject =>
  line('ContactOffered', EPISODE, { offer: IDS.offer, by: IDS.staff }, { ref: 'offer', ...rest });
const assigned = (rest: LineObject = {}): LineObject =>
  line(
    'ContactAssigned',
    EPISODE,
    { assignment: IDS.assignment, role: 'PRIMARY', staff: IDS.staff },
    { ref: 'assigned', ...rest },
  );
const plan = (data: LineObject = {}): LineObject =>
  line(
    'PlanAgreed',
    EPISODE,
    { plan: IDS.plan, version: 1, sections, contacts: [], participants: [], ...data },
    { ref: 'plan' },
  );

let bench: ImportBench;
beforeEach(async () => {
  bench = await ImportBench.open();
});
afterEach(() => bench.close());

describe('a line is rejected, with its code, and the others land', () => {
  const wrong: [string, string, (LineObject | string | Buffer)[]][] = [
    ['NOT_JSON', 'is no JSON', ['{"ref":']],
    ['NOT_JSON', 'is empty', ['']],
    ['NOT_JSON', 'is a list', ['[1]']],
    ['NOT_JSON', 'is no UTF-8', [Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])]],
    ['TOO_LONG', 'is over 1 MiB', [JSON.stringify({ ref: 'x'.repeat(1_048_577) })]],
    ['TOO_DEEP', 'is nested 33 deep', [`{"ref":${'['.repeat(32)}${']'.repeat(32)}}`]],
    ['UNKNOWN_TYPE', 'has a type that is none', [line('ContactFired', EPISODE, {})]],
    [
      'UNKNOWN_TYPE',
      'has a type that only the register writes',
      [line('PersonForgotten', `recipient-${IDS.recipient}`, { decision: 'x' })],
    ],
    [
      'WRONG_STREAM',
      'has a type that belongs elsewhere',
      [line('OfferAccepted', STAFF, { offer: IDS.offer, answeredBy: 'RECIPIENT' })],
    ],
    ['WRONG_STREAM', 'names a stream without a UUID', [line('ServicesChanged', 'careEpisode-12', { services: [] })]],
    [
      'WRONG_STREAM',
      'names an unknown category',
      [line('EntryAnnulled', `visit-${IDS.episode}`, { corrects: uuid(1), cause: 'OTHER', reason: 'x' })],
    ],
    [
      'WRONG_STREAM',
      'adopts a policy for another controller',
      [line('PolicyAdopted', `policy-${IDS.controller}`, { controller: IDS.other, version: 1, values: {} })],
    ],
    ['INVALID', 'lacks a field', [line('ContactOffered', EPISODE, { offer: uuid(60) })]],
    ['INVALID', 'misspells a field', [line('ServicesChanged', EPISODE, { service: [] })]],
    [
      'INVALID',
      'has an unknown field in the envelope',
      [line('ServicesChanged', EPISODE, { services: [] }, { efectiveOn: '2024-01-01' })],
    ],
    [
      'INVALID',
      'has a field called __proto__',
      [
        JSON.stringify(line('ServicesChanged', EPISODE, { services: [] })).replace(
          '"services":[]',
          '"services":[],"__proto__":{}',
        ),
      ],
    ],
    [
      'INVALID',
      'has a field called __proto__, written with an escape',
      [
        JSON.stringify(line('ServicesChanged', EPISODE, { services: [] })).replace(
          '"services":[]',
          '"services":[],"\\u005f_proto__":{}',
        ),
      ],
    ],
    [
      'INVALID',
      'has a ref with half a surrogate pair',
      [JSON.stringify(line('ServicesChanged', EPISODE, { services: [] }, { ref: '\ud800' }))],
    ],
    [
      'INVALID',
      'has half a surrogate pair deep in its data',
      [
        JSON.stringify(
          line('ContactAssigned', EPISODE, {
            assignment: IDS.assignment,
            role: 'PRIMARY',
            staff: IDS.staff,
            override: { reason: 'x\udc00' },
          }),
        ),
      ],
    ],
    [
      'INVALID',
      'names a member of its data twice',
      [
        JSON.stringify(line('TrainingCompleted', STAFF, { course: 'a' })).replace(
          '"course":"a"',
          '"course":"b","course":"a"',
        ),
      ],
    ],
    [
      'INVALID',
      'names a member of its envelope twice, once with an escape',
      [JSON.stringify(line('TrainingCompleted', STAFF, { course: 'a' })).replace('{', '{"r\\u0065f":"x",')],
    ],
    ['INVALID', 'has a text with an escape sequence', [line('TrainingCompleted', STAFF, { course: 'a\u001b[8mb' })]],
    ['INVALID', 'has a text of which nothing is visible', [line('TrainingCompleted', STAFF, { course: '\u200b' })]],
    ['INVALID', 'has a blank text', [line('TrainingCompleted', STAFF, { course: ' ' })]],
    ['INVALID', 'has null for a text', [line('TrainingCompleted', STAFF, { course: null })]],
    [
      'INVALID',
      'has a date of another form',
      [line('ServicesChanged', EPISODE, { services: [] }, { effectiveOn: '2024-3-1' })],
    ],
    [
      'INVALID',
      'has an instant that is no UTC',
      [line('ServicesChanged', EPISODE, { services: [] }, { documentedAt: '2024-03-01T10:00:00+01:00' })],
    ],
    [
      'INVALID',
      'has a personnummer with a wrong check digit',
      [
        line('RecipientIdentityChanged', `recipient-${IDS.recipient}`, {
          identity: { type: 'PERSONNUMMER', value: '198112189877' },
        }),
      ],
    ],
    [
      'INVALID',
      'has a personnummer on no day',
      [
        line('RecipientIdentityChanged', `recipient-${IDS.recipient}`, {
          identity: { type: 'PERSONNUMMER', value: '198113189876' },
        }),
      ],
    ],
    [
      'INVALID',
      'calls a personnummer a samordningsnummer',
      [
        line('RecipientIdentityChanged', `recipient-${IDS.recipient}`, {
          identity: { type: 'SAMORDNINGSNUMMER', value: '198112189876' },
        }),
      ],
    ],
    [
      'INVALID',
      'has a policy value out of range',
      [
        line('PolicyAdopted', `policy-${IDS.controller}`, {
          controller: IDS.controller,
          version: 1,
          values: { offerTargetDays: 367 },
        }),
      ],
    ],
    [
      'INVALID',
      'corrects with data that its entry could not have',
      [
        offered(),
        line('EntryCorrected', EPISODE, { corrects: { ref: 'offer' }, reason: 'x', data: { offer: IDS.offer } }),
      ],
    ],
    [
      'IMPOSSIBLE_DATE',
      'names no calendar day',
      [line('ServicesChanged', EPISODE, { services: [] }, { effectiveOn: '2023-02-29' })],
    ],
    [
      'IMPOSSIBLE_DATE',
      'was documented on no calendar day',
      [line('ServicesChanged', EPISODE, { services: [] }, { documentedAt: '2023-02-29T12:00:00Z' })],
    ],
    [
      'INVALID',
      'was documented at no time of the day',
      [line('ServicesChanged', EPISODE, { services: [] }, { documentedAt: '2023-02-28T24:00:00Z' })],
    ],
    [
      'IMPOSSIBLE_DATE',
      'lies before 1900',
      [line('ServicesChanged', EPISODE, { services: [] }, { effectiveOn: '1899-12-31' })],
    ],
    ['IMPOSSIBLE_DATE', 'lies after today', [offered({ effectiveOn: '2024-06-16' })]],
    [
      'IMPOSSIBLE_DATE',
      'lies more than 366 days ahead',
      [line('ServicesChanged', EPISODE, { services: [] }, { effectiveOn: '2025-06-17' })],
    ],
    [
      'IMPOSSIBLE_DATE',
      'has a certificate from before there were any',
      [line('TitleVerified', STAFF, { certificateDate: '2023-06-30', method: 'HOSP_DIRECT', checkedBy: 'x' })],
    ],
    [
      'IMPOSSIBLE_DATE',
      'has a certificate from tomorrow',
      [line('TitleVerified', STAFF, { certificateDate: '2024-06-16', method: 'HOSP_DIRECT', checkedBy: 'x' })],
    ],
    [
      'IMPOSSIBLE_DATE',
      'corrects a fact onto a day it cannot have',
      [
        offered(),
        line('EntryCorrected', EPISODE, { corrects: { ref: 'offer' }, reason: 'x', effectiveOn: '2024-06-16' }),
      ],
    ],
    [
      'NOT_OPENED',
      'is about an episode that nobody started',
      [line('ServicesChanged', `careEpisode-${IDS.other}`, { services: [] })],
    ],
    [
      'NOT_OPENED',
      'adopts a policy for nobody',
      [line('PolicyAdopted', `policy-${IDS.other}`, { controller: IDS.other, version: 1, values: {} })],
    ],
    [
      'OPENED_TWICE',
      'starts the episode again',
      [
        line('CareEpisodeStarted', EPISODE, {
          recipient: IDS.recipient,
          unit: IDS.unit,
          careForm: 'LSS',
          legalGround: 'LSS',
          services: [],
        }),
      ],
    ],
    [
      'UNKNOWN_REFERENCE',
      'answers an offer that was not made',
      [line('OfferAccepted', EPISODE, { offer: IDS.offer, answeredBy: 'RECIPIENT' })],
    ],
    [
      'UNKNOWN_REFERENCE',
      'names an employee whom nobody knows',
      [line('ContactOffered', EPISODE, { offer: uuid(61), by: IDS.other })],
    ],
    [
      'UNKNOWN_REFERENCE',
      'names a ref that comes later',
      [line('EntryAnnulled', EPISODE, { corrects: { ref: 'later' }, cause: 'OTHER', reason: 'x' })],
    ],
    [
      'UNKNOWN_REFERENCE',
      'corrects an entry of another stream',
      [line('EntryAnnulled', EPISODE, { corrects: { ref: 'staff' }, cause: 'OTHER', reason: 'x' })],
    ],
    [
      'UNKNOWN_REFERENCE',
      'withdraws what is no title evidence',
      [line('TitleVerificationWithdrawn', STAFF, { of: { ref: 'staff' }, cause: 'OTHER' })],
    ],
    [
      'UNKNOWN_REFERENCE',
      'is recorded about what is no appointment',
      [offered(), line('RecordedInDocument', EPISODE, { document: 'PLAN', about: { ref: 'offer' } })],
    ],
    [
      'UNKNOWN_REFERENCE',
      'brings an attendee by a consent that nobody gave',
      [
        line('InformationGiven', EPISODE, {
          form: 'PHONE',
          items: [],
          attendees: [{ kind: 'RELATIVE', consent: IDS.consent }],
        }),
      ],
    ],
    [
      'UNKNOWN_REFERENCE',
      'corrects an offer to one by an unknown employee',
      [
        offered(),
        line('EntryCorrected', EPISODE, {
          corrects: { ref: 'offer' },
          reason: 'x',
          data: { offer: IDS.offer, by: IDS.other },
        }),
      ],
    ],
    [
      'ID_TAKEN',
      'gives an offer the id of another',
      [offered(), line('ContactOffered', EPISODE, { offer: IDS.offer, by: IDS.staff })],
    ],
    [
      'ID_TAKEN',
      'corrects an offer to the id of another',
      [
        offered(),
        line('ContactOffered', EPISODE, { offer: uuid(62), by: IDS.staff }, { ref: 'offer2' }),
        line('EntryCorrected', EPISODE, {
          corrects: { ref: 'offer2' },
          reason: 'x',
          data: { offer: IDS.offer, by: IDS.staff },
        }),
      ],
    ],
    ['REF_CONFLICT', 'has a ref that stands for something else', [offered(), offered({ effectiveOn: '2024-03-02' })]],
    [
      'CYCLE',
      'corrects itself',
      [line('EntryCorrected', EPISODE, { corrects: { ref: 'self' }, reason: 'x' }, { ref: 'self' })],
    ],
    [
      'CYCLE',
      'would make a correction correct itself',
      [
        offered(),
        line('EntryCorrected', EPISODE, { corrects: { ref: 'offer' }, reason: 'x' }, { ref: 'first' }),
        line('EntryCorrected', EPISODE, {
          corrects: { ref: 'first' },
          reason: 'x',
          data: { corrects: { ref: 'first' }, reason: 'y' },
        }),
      ],
    ],
  ];

  it.each(wrong)('%s: one that %s', async (code, _, lines) => {
    const good = groundwork();
    const last = line('ServicesChanged', EPISODE, { services: ['MEALS'] });
    const result = await bench.import([...good, ...lines, last]);
    expect(result.codes).toEqual({ [good.length + lines.length]: code });
    expect(result).toMatchObject({
      imported: good.length + lines.length,
      rejected: 1,
      lines: good.length + lines.length + 1,
    });
  });

  it('does not take its ref, so that the mended line can be imported under it', async () => {
    const lines = groundwork();
    const broken = { ...offered(), data: { offer: IDS.offer } };
    const result = await bench.import([...lines, broken]);
    expect(result.reasons[0]).toMatchObject({ line: 6, code: 'INVALID', ref: 'offer' });
    const raw = await readFile(result.rejectFiles?.lines ?? '', 'utf8');
    expect(raw).toBe(`${JSON.stringify(broken)}\n`);
    expect(await bench.import([offered()])).toMatchObject({ imported: 1, rejected: 0 });
  });

  it('names no personal value in its reason', async () => {
    const lines = groundwork();
    lines[3] = {
      ...lines[3],
      data: {
        ...(lines[3]?.['data'] as LineObject),
        identity: { type: 'PERSONNUMMER', value: '198112180000' },
        protection: 'Anna',
      },
    };
    const result = await bench.import(lines);
    expect(JSON.stringify(result.reasons)).not.toMatch(/19811218|Anna/);
  });

  it('for a member that stands twice, with the place where', async () => {
    const twice = JSON.stringify(
      line('RecipientIdentityChanged', `recipient-${IDS.recipient}`, { identity: { type: 'RESERVE', value: 'A' } }),
    );
    const { reasons } = await bench.import([
      ...groundwork(),
      twice.replace('"value":"A"', '"value":"A","value":"B"'),
      '{"a\\u001b":1,"a\\u001b":2}',
    ]);
    expect(reasons.map(({ reason }) => reason)).toEqual([
      'data.identity.value: stands twice',
      '"a\\u001b": stands twice',
    ]);
  });
});

describe('everything else happened, and is accepted', () => {
  const odd: [string, LineObject[]][] = [
    [
      'two primaries at once',
      [assigned(), line('ContactAssigned', EPISODE, { assignment: uuid(70), role: 'PRIMARY', staff: IDS.staff })],
    ],
    [
      "an entry after the episode's end",
      [line('CareEpisodeEnded', EPISODE, { cause: 'MOVED' }), offered({ effectiveOn: '2024-06-01' })],
    ],
    ['an end without a beginning', [line('CareEpisodeResumed', EPISODE, {}), line('LeaveEnded', STAFF, {})]],
    [
      'an answer by nobody entitled',
      [
        offered(),
        line('OfferAccepted', EPISODE, { offer: IDS.offer, answeredBy: 'REPRESENTATIVE', representative: IDS.other }),
      ],
    ],
    [
      'an answer dated before its offer',
      [
        offered(),
        line('OfferDeclined', EPISODE, { offer: IDS.offer, answeredBy: 'RECIPIENT' }, { effectiveOn: '2024-02-01' }),
      ],
    ],
    [
      'a fact known 366 days ahead',
      [line('CareEpisodePaused', EPISODE, { cause: 'HOSPITAL' }, { effectiveOn: '2025-06-16' })],
    ],
    [
      'a correction that repeats the id of its entry',
      [
        offered(),
        line('EntryCorrected', EPISODE, {
          corrects: { ref: 'offer' },
          reason: 'x',
          effectiveOn: '2024-03-02',
          data: { offer: IDS.offer, by: IDS.staff },
        }),
      ],
    ],
    [
      'a correction of a correction, and an annulled annulment',
      [
        offered(),
        line(
          'EntryCorrected',
          EPISODE,
          { corrects: { ref: 'offer' }, reason: 'x', effectiveOn: '2024-03-02' },
          { ref: 'c1' },
        ),
        line(
          'EntryCorrected',
          EPISODE,
          {
            corrects: { ref: 'c1' },
            reason: 'y',
            data: {
              corrects: { ref: 'offer' },
              reason: 'z',
              effectiveOn: '2024-03-03',
              data: { offer: uuid(63), by: IDS.staff },
            },
          },
          { ref: 'c2' },
        ),
        line('EntryAnnulled', EPISODE, { corrects: { ref: 'c2' }, cause: 'OTHER', reason: 'x' }, { ref: 'a1' }),
        line('EntryAnnulled', EPISODE, { corrects: { ref: 'a1' }, cause: 'OTHER', reason: 'x' }),
        line('OfferAccepted', EPISODE, { offer: uuid(63), answeredBy: 'RECIPIENT' }),
      ],
    ],
    [
      'a signed description for an assignment of any episode',
      [
        assigned(),
        line('AssignmentDescriptionSigned', STAFF, { assignment: IDS.assignment, version: '3', place: 'Ånge' }),
      ],
    ],
    [
      'ids in upper case',
      [
        offered(),
        line('OfferAccepted', EPISODE.toUpperCase().replace('CAREEPISODE', 'careEpisode'), {
          offer: IDS.offer.toUpperCase(),
          answeredBy: 'RECIPIENT',
        }),
      ],
    ],
    [
      'a plan with a consented relative',
      [
        line('ConsentGiven', EPISODE, {
          consent: IDS.consent,
          person: 'Dotter',
          relation: 'dotter',
          scope: ['ATTEND_MEETINGS'],
        }),
        plan({ participants: [{ kind: 'RELATIVE', consent: IDS.consent }] }),
      ],
    ],
    ['characters written as pairs of escapes', [line('TrainingCompleted', STAFF, { course: 'ESCAPED' })]],
    ['a line of exactly 1 MiB', [line('TrainingCompleted', STAFF, { course: 'x' })]],
  ];

  it.each(odd)('%s', async (name, lines) => {
    const all: (LineObject | string)[] = [...groundwork(), ...lines];
    if (name.includes('1 MiB')) {
      const last = JSON.stringify(lines[0]);
      all[all.length - 1] = last.replace('"course":"x"', `"course":"${'x'.repeat(1_048_576 - last.length + 1)}"`);
    }
    if (name.includes('escapes'))
      all[all.length - 1] = JSON.stringify(lines[0]).replace('ESCAPED', '\\ud83d\\ude00 \\u00e5');
    const result = await bench.import(all);
    expect(result.reasons).toEqual([]);
    expect(result.imported).toBe(all.length);
  });
});

describe('a consent to nothing', () => {
  const consent = (scope: readonly string[], ref: string) =>
    line(
      'ConsentGiven',
      EPISODE,
      { consent: IDS.consent, person: 'Dotter', relation: 'dotter', scope },
      { ref, effectiveOn: '2024-03-01' },
    );

  it('is not recorded, in a correction neither', async () => {
    const given = consent(['INFORM'], 'given');
    const right = { ...(given['data'] as object), scope: [] };
    const result = await bench.import([
      ...groundwork(),
      consent([], 'nothing'),
      given,
      line('EntryCorrected', EPISODE, { corrects: { ref: 'given' }, reason: 'fel', data: right }),
    ]);
    expect(result.reasons.map(({ code, reason }) => [code, reason])).toEqual([
      ['INVALID', 'data.scope: holds nothing'],
      ['INVALID', 'data.data.scope: holds nothing'],
    ]);
  });

  it('that was recorded before is read, and its line is passed over', async () => {
    await bench.import(groundwork());
    const { log } = bench.register;
    const nothing = consent([], 'nothing');
    const context = { controller: IDS.controller, subject: IDS.recipient };
    await log.append(EPISODE, 'ANY', [
      {
        id: importedEventId('import', 'nothing'),
        type: 'ConsentGiven',
        stream: EPISODE,
        effectiveOn: '2024-03-01',
        actor: nothing['actor'] as { id: string; role: string },
        ...context,
        origin: { source: 'import', ref: 'nothing' },
        data: nothing['data'] as Record<string, unknown>,
      },
    ]);
    expect((await log.readStream(EPISODE)).at(-1)?.data['scope']).toEqual([]);
    expect(await bench.import([nothing])).toMatchObject({ skipped: 1, rejected: 0 });
  });
});

describe('a long chain of corrections of corrections', () => {
  const LINKS = 300;
  const offer = { offer: IDS.offer, by: IDS.staff };
  const chain = (): LineObject[] =>
    Array.from({ length: LINKS }, (_, at) => {
      const right =
        at === 0
          ? offer
          : { corrects: { ref: at === 1 ? 'offer' : `k${at - 2}` }, reason: 'y', ...(at === 1 ? { data: offer } : {}) };
      return line(
        'EntryCorrected',
        EPISODE,
        { corrects: { ref: at === 0 ? 'offer' : `k${at - 1}` }, reason: 'x', data: right },
        { ref: `k${at}` },
      );
    });

  it('is taken in, and what each link says of its chain is no longer than its data can be deep', async () => {
    const lines = chain();
    expect(await bench.import([...groundwork(), offered(), ...lines])).toMatchObject({
      imported: 6 + LINKS,
      rejected: 0,
    });
    const sizes = (await bench.register.store.readStream(EPISODE, {})).map(({ body }) => body.length);
    expect(Math.max(...sizes)).toBeLessThan(3_000);
    expect(await bench.import(lines)).toMatchObject({ skipped: LINKS, rejected: 0 });
  });

  it('may repeat the id of the fact it is about, and no other', async () => {
    const other = line('ContactOffered', EPISODE, { offer: uuid(62), by: IDS.staff });
    await bench.import([
      ...groundwork(),
      offered(),
      other,
      ...chain()
        .slice(0, 60)
        .map((item, at) => ({ ...item, data: { corrects: { ref: at === 0 ? 'offer' : `k${at - 1}` }, reason: 'x' } })),
    ]);
    const deep = (id: string): LineObject => {
      let data: LineObject = { offer: id, by: IDS.staff };
      for (const ref of ['offer', 'k0', 'k1']) data = { corrects: { ref }, reason: 'z', data };
      return line('EntryCorrected', EPISODE, { corrects: { ref: 'k2' }, reason: 'x', data });
    };
    expect(await bench.import([deep(IDS.offer), deep(uuid(62))])).toMatchObject({
      imported: 1,
      rejectedByCode: { ID_TAKEN: 1 },
      codes: { 2: 'ID_TAKEN' },
    });
  });
});

describe('importing again', () => {
  it('adds nothing, whatever the order of keys and the line ends, plain or gzip', async () => {
    const lines = [
      ...groundwork(),
      offered(),
      assigned(),
      line('EntryDisputed', EPISODE, { event: { ref: 'offer' }, statement: 'så var det inte' }),
    ];
    await bench.import(lines);
    const head = await bench.register.store.head();
    const reversed = lines.map((item) => Object.fromEntries(Object.entries(item).reverse()));
    expect(await bench.import(reversed, { ending: '\r\n' })).toMatchObject({
      imported: 0,
      skipped: lines.length,
      rejected: 0,
    });
    const file = join(bench.folder, 'again.ndjson.gz');
    await writeFile(file, gzipSync(lines.map((item) => JSON.stringify(item)).join('\n')));
    expect(await bench.importFile(file)).toMatchObject({ imported: 0, skipped: lines.length, rejected: 0 });
    expect(await bench.register.store.head()).toBe(head);
  });

  it('under another source is another history: its streams are open already', async () => {
    await bench.import(groundwork());
    expect(await bench.import(groundwork(), { source: 'other' })).toMatchObject({
      imported: 0,
      rejectedByCode: { OPENED_TWICE: 5 },
    });
  });

  it('skips a line that stands twice in one file', async () => {
    expect(await bench.import([...groundwork(), offered(), offered()])).toMatchObject({ imported: 6, skipped: 1 });
  });

  it('gives a fact the id that follows from source and ref alone', async () => {
    await bench.import(groundwork());
    const [started] = await bench.register.log.readStream(EPISODE);
    expect(started?.id).toBe(importedEventId('import', 'episode'));
    expect(started).toMatchObject({
      subject: IDS.recipient,
      controller: IDS.controller,
      origin: { source: 'import', ref: 'episode' },
    });
  });
});

describe('more lines than are checked at a time', () => {
  const training = (count: number): LineObject[] =>
    Array.from({ length: count }, (_, at) => line('TrainingCompleted', STAFF, { course: `course ${at}` }));

  it('may repeat a ref and name what was opened before, whatever is being recorded meanwhile', async () => {
    const opened = line(
      'CareEpisodeStarted',
      `careEpisode-${uuid(80)}`,
      { recipient: IDS.recipient, unit: IDS.unit, careForm: 'HOME_CARE', legalGround: 'LSS', services: [] },
      { ref: 'second' },
    );
    const changed = line('ServicesChanged', `careEpisode-${uuid(80)}`, { services: [] });
    const other = { ...opened, effectiveOn: '2024-02-29' };
    const lines = [
      ...groundwork(),
      ...training(990),
      opened,
      ...training(10),
      changed,
      opened,
      other,
      ...training(2_000),
      opened,
      other,
    ];
    const result = await bench.import(lines);
    expect(result).toMatchObject({ imported: lines.length - 4, skipped: 2, rejected: 2 });
    expect(result.reasons.map(({ code, ref }) => `${code} ${ref}`)).toEqual([
      'REF_CONFLICT second',
      'REF_CONFLICT second',
    ]);
  });

  it('are fewer at a time where they are long', async () => {
    await bench.import(groundwork());
    const file = join(bench.folder, 'long.ndjson');
    await writeFile(
      file,
      Array.from(
        { length: 120 },
        (_, at) => `${JSON.stringify(line('TrainingCompleted', STAFF, { course: `${at}${'x'.repeat(100_000)}` }))}\n`,
      ).join(''),
    );
    const batches: number[] = [];
    const { register } = bench;
    const recordingThread = () => ({
      appendAll: (batch: readonly FactsForStream[]) => (batches.push(batch.length), register.log.appendAll(batch)),
      close: async () => undefined,
    });
    expect(
      await importHistory(
        { ...register, recordingThread },
        { file, source: 'import', dryRun: false, rejectFile: `${file}.rejects` },
      ),
    ).toMatchObject({ imported: 120, rejected: 0 });
    expect(batches).toEqual([42, 42, 36]);
  });

  it('may rest on a line that the log refused: they are checked again without it', async () => {
    await bench.import(groundwork());
    const { log, keys } = bench.register;
    await forgetPersons(
      [IDS.recipient],
      { reason: 'test', actor: { id: 'a', role: 'ADMINISTRATOR' } },
      { log, keys, clock: bench.clock },
    );
    const opened = line('CareEpisodeStarted', `careEpisode-${uuid(81)}`, {
      recipient: IDS.recipient,
      unit: IDS.unit,
      careForm: 'HOME_CARE',
      legalGround: 'LSS',
      services: [],
    });
    const lines = [
      opened,
      ...training(1_000),
      line('ServicesChanged', `careEpisode-${uuid(81)}`, { services: [] }),
      ...training(3),
    ];
    const result = await bench.import(lines);
    expect(result).toMatchObject({
      imported: 1_003,
      rejected: 2,
      codes: { 1: 'PERSON_FORGOTTEN', 1002: 'NOT_OPENED' },
    });
  });
});

describe('a dry run', () => {
  it('tells what an import would do, sees earlier lines of the file, and writes nothing', async () => {
    const lines = [
      ...groundwork(),
      offered(),
      offered(),
      line('OfferAccepted', EPISODE, { offer: IDS.offer, answeredBy: 'RECIPIENT' }),
      line('OfferAccepted', EPISODE, { offer: IDS.other, answeredBy: 'RECIPIENT' }),
    ];
    expect(await bench.import(lines, { dryRun: true })).toMatchObject({
      imported: 7,
      skipped: 1,
      rejectedByCode: { UNKNOWN_REFERENCE: 1 },
    });
    expect(await bench.register.store.head()).toBe(0n);
  });

  it('tells the reasons and makes no file; those of an earlier import stay as they are', async () => {
    const file = join(bench.folder, 'history.ndjson');
    await writeFile(file, `${JSON.stringify(groundwork()[0])}\n{"ref":"bad"}\n`);
    const real = await importHistory(bench.register, {
      file,
      source: 'import',
      dryRun: false,
      rejectFile: `${file}.rejects`,
    });
    const kept = await readFile(real.rejectFiles?.reasons ?? '', 'utf8');
    await writeFile(file, 'no JSON\n');
    const before = await readdir(bench.folder);
    const told: unknown[] = [];
    const result = await importHistory(bench.register, {
      file,
      source: 'import',
      dryRun: true,
      rejectFile: `${file}.rejects`,
      onRejected: (rejected) => told.push(rejected),
    });
    expect(told).toEqual([{ line: 1, code: 'NOT_JSON', reason: expect.any(String) }]);
    expect(result).toMatchObject({ rejected: 1, rejectedByCode: { NOT_JSON: 1 } });
    expect(result.rejectFiles).toBeUndefined();
    expect(await readdir(bench.folder)).toEqual(before);
    expect(await readFile(real.rejectFiles?.reasons ?? '', 'utf8')).toBe(kept);
  });
});

describe('a file that ends in the middle', () => {
  it('is taken in up to its last whole line, the last batch too, and goes on when it comes whole', async () => {
    const lines = [
      ...groundwork(),
      ...Array.from({ length: 1_200 }, (_, at) => line('TrainingCompleted', STAFF, { course: `course ${at}` })),
    ];
    const packed = gzipSync(lines.map((item) => `${JSON.stringify(item)}\n`).join(''));
    const file = join(bench.folder, 'cut.ndjson.gz');
    await writeFile(file, packed.subarray(0, packed.length - 9));
    const cut = await bench.importFile(file);
    expect(cut).toMatchObject({
      rejected: 0,
      brokenOff: { afterLine: cut.imported, reason: 'the gzip file is cut off' },
    });
    expect(cut.imported).toBeGreaterThan(1_000);
    expect(await bench.register.store.count()).toBe(cut.imported);
    await writeFile(file, packed);
    expect(await bench.importFile(file)).toMatchObject({
      skipped: cut.imported,
      imported: lines.length - cut.imported,
    });
  });
});

describe('the reject file', () => {
  const into = (rejectFile: string, file: string): Promise<unknown> =>
    importHistory(bench.register, { file, source: 'import', dryRun: false, rejectFile });

  it('is not the input, by whatever name, no folder, and in a folder that is there: nothing is done otherwise', async () => {
    const file = join(bench.folder, 'history.ndjson');
    const text = `${JSON.stringify(groundwork()[0])}\nno JSON\n`;
    await writeFile(file, text);
    await symlink(file, join(bench.folder, 'link'));
    await symlink(file, join(bench.folder, 'aside.lines'));
    for (const name of [file, join(bench.folder, 'link'), join(bench.folder, 'aside')])
      await expect(into(name, file)).rejects.toThrow(/would overwrite the input/);
    await expect(into('/nonexistent/x', file)).rejects.toThrow(
      /^the reject file \/nonexistent\/x cannot be written: no such file or directory \(ENOENT\); name another/,
    );
    await expect(into(bench.folder, file)).rejects.toThrow(/is a folder/);
    expect(await readFile(file, 'utf8')).toBe(text);
    expect(await bench.register.store.head()).toBe(0n);
  });

  it('that takes nothing says so', async () => {
    const file = join(bench.folder, 'history.ndjson');
    await writeFile(file, 'no JSON\n');
    await symlink('/dev/full', join(bench.folder, 'full'));
    await expect(into(join(bench.folder, 'full'), file)).rejects.toThrow(
      /full cannot be written: no space left on device/,
    );
  });
});
