import { describe, expect, it } from '@jest/globals';
import { opened } from '../event.spec-helper.js';
import { timeline } from './timeline.js';

const WEEK = () => 7;
const ids = (entries: ReturnType<typeof timeline>) => entries.map(({ eventId }) => eventId);

describe('the timeline', () => {
  it('joins streams in order of (effectiveOn, position), whatever came in first (E35)', () => {
    const late = opened('late', 'InformationGiven', '2024-01-02', {}, { stream: 'careEpisode-1' });
    const early = opened('early', 'RecipientRegistered', '2024-01-01', {});
    const same = opened('same', 'RecipientProtectionChanged', '2024-01-02', {});
    expect(
      ids(
        timeline(
          new Map([
            ['careEpisode-1', [late]],
            ['recipient-1', [early, same]],
          ]),
          '2024-12-31',
          WEEK,
        ),
      ),
    ).toEqual(['early', 'late', 'same']);
  });

  it('leaves out what becomes true later, and tells what a correction moves to before (E36)', () => {
    const ahead = opened('ahead', 'ContactAssigned', '2024-03-01', {});
    const wrong = opened('wrong', 'ContactOffered', '2024-05-01', {});
    const right = opened('right', 'EntryCorrected', '2024-05-02', {
      corrects: 'wrong',
      effectiveOn: '2024-01-15',
      reason: 'x',
    });
    const entries = timeline(new Map([['s', [ahead, wrong, right]]]), '2024-02-01', WEEK);
    expect(entries).toMatchObject([
      { eventId: 'wrong', status: 'CORRECTED', correctedBy: 'right', effective: { effectiveOn: '2024-01-15' } },
    ]);
  });

  it('tells an annulment, its correction and a dispute (E37, E39, E41)', () => {
    const one = opened('one', 'ContactOffered', '2024-01-01', { offer: 'o' });
    const annulled = opened('annulled', 'EntryAnnulled', '2024-01-02', {
      corrects: 'one',
      cause: 'WRONG_RECIPIENT',
      reason: 'x',
      movedTo: 'elsewhere',
    });
    const two = opened('two', 'ContactOffered', '2024-01-03', { offer: 'p' });
    const disputed = opened('disputed', 'EntryDisputed', '2024-01-04', { event: 'two', statement: 'nej' });
    const entries = timeline(new Map([['s', [one, annulled, two, disputed]]]), '2024-12-31', WEEK);
    expect(
      entries.map(({ eventId, status, correctedBy, disputedBy }) => [eventId, status, correctedBy, disputedBy]),
    ).toEqual([
      ['one', 'ANNULLED', 'annulled', undefined],
      ['annulled', 'VALID', undefined, undefined],
      ['two', 'DISPUTED', undefined, ['disputed']],
      ['disputed', 'VALID', undefined, undefined],
    ]);
    const back = opened('back', 'EntryAnnulled', '2024-01-05', { corrects: 'annulled', cause: 'OTHER', reason: 'x' });
    expect(timeline(new Map([['s', [one, annulled, two, disputed, back]]]), '2024-12-31', WEEK)[0]).toMatchObject({
      eventId: 'one',
      status: 'VALID',
    });
  });

  it.each([
    ['2024-01-08T22:59:59.000Z', undefined, false],
    ['2024-01-08T23:00:00.000Z', undefined, true],
    ['2024-06-01T08:00:00.000Z', '2024-01-08T08:00:00Z', false],
    ['2024-01-02T08:00:00.000Z', '2024-01-09T08:00:00Z', true],
  ])(
    'given recordedAt %s and documentedAt %s, then late is %s: more than seven days, in Stockholm, by what the source claims (E34, E65)',
    (recordedAt, documentedAt, late) => {
      const entry = opened(
        'one',
        'ContactOffered',
        '2024-01-01',
        {},
        { recordedAt, ...(documentedAt === undefined ? {} : { documentedAt }) },
      );
      expect(timeline(new Map([['s', [entry]]]), '2024-12-31', WEEK)[0]?.late).toBe(late);
    },
  );

  it('says when an entry cannot be read whole', () => {
    const entry = opened(
      'one',
      'RecipientRegistered',
      '2024-01-01',
      { name: null },
      { seal: 'DESTROYED', unreadable: ['name'] },
    );
    expect(
      timeline(new Map([['s', [entry, opened('two', 'RecipientMerged', '2024-01-01', {})]]]), '2024-12-31', WEEK),
    ).toMatchObject([{ seal: 'DESTROYED', unreadable: ['name'], data: { name: null } }, {}]);
    expect(
      timeline(new Map([['s', [opened('two', 'RecipientMerged', '2024-01-01', {})]]]), '2024-12-31', WEEK)[0],
    ).not.toHaveProperty('seal');
  });
});
