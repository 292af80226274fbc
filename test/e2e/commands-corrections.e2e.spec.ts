import { describe, expect, it } from '@jest/globals';
import { atEpisode, on } from './commands-at-episode.js';
import { mustBe } from './commands.harness.js';

const at = atEpisode();

describe('a preview', () => {
  it('tells event, warnings and changed judgement, and writes nothing', async () => {
    const id = await at.offer();
    await at.server.record(at.episode, `/offers/${id}/accept`, { answeredBy: 'RECIPIENT', ...on });
    const before = await at.server.register.store.head();
    const preview = mustBe(
      200,
      await at.server.post(`${at.episode}/assignments?dryRun=true`, {
        role: 'PRIMARY',
        staff: at.scene.untitled,
        override: { reason: 'x' },
        effectiveOn: '2026-11-22',
      }),
    );
    expect(await at.server.register.store.head()).toBe(before);
    expect(preview.body).toMatchObject({
      dryRun: true,
      events: [{ type: 'ContactAssigned', stream: `careEpisode-${at.scene.episode}`, effectiveOn: '2026-11-22' }],
    });
    expect(preview.body.warnings.map(({ rule }) => rule).sort()).toEqual(['TITLE', 'TRAINING']);
    expect(preview.body['compliance']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          episode: at.scene.episode,
          rule: 'ASSIGNED',
          on: '2026-11-22',
          from: 'DUE',
          to: 'MET',
        }),
        expect.objectContaining({ rule: 'TITLE', from: null, to: 'BREACH' }),
      ]),
    );
  });

  it('refuses what the command would refuse', async () => {
    const preview = await at.server.post(`${at.episode}/assignments?dryRun=true`, {
      role: 'PRIMARY',
      staff: at.scene.untitled,
    });
    expect([preview.status, preview.body.code]).toEqual([409, 'TITLE_REQUIRED']);
  });

  it('shows what an employee who leaves leaves behind', async () => {
    const id = await at.offer();
    await at.server.record(at.episode, `/offers/${id}/accept`, { answeredBy: 'RECIPIENT', ...on });
    const { body } = await at.server.record(at.episode, '/assignments', {
      role: 'PRIMARY',
      staff: at.scene.anna,
      ...on,
    });
    await at.server.register.waitFor(BigInt(body.position), 5_000);
    const preview = mustBe(
      200,
      await at.server.post(`/staff/${at.scene.anna}/employment-ends?dryRun=true`, { effectiveOn: '2026-11-21' }),
    );
    expect(preview.body['compliance']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          episode: at.scene.episode,
          rule: 'ASSIGNED',
          on: '2026-11-22',
          from: 'MET',
          to: 'DUE',
        }),
      ]),
    );
  });

  it('shows what a policy and a merge would change', async () => {
    const id = await at.offer();
    await at.server.record(at.episode, `/offers/${id}/accept`, { answeredBy: 'RECIPIENT', ...on });
    const policy = mustBe(
      200,
      await at.server.post(`/controllers/${at.scene.controller}/policies?dryRun=true`, {
        version: '1',
        values: { assignTargetDays: 0 },
        effectiveOn: '2026-11-20',
      }),
    );
    expect(policy.body['compliance']).toEqual(
      expect.arrayContaining([expect.objectContaining({ rule: 'ASSIGNED', from: 'DUE', to: 'BREACH' })]),
    );
    const other = await at.server.open('/recipients', {
      controller: at.scene.controller,
      identity: { type: 'RESERVE', value: 'R1' },
      name: 'Tolvan',
      protection: 'NONE',
    });
    const merge = async (from: string, into: string, query = '?dryRun=true') =>
      (await at.server.onCurrent(`/recipients/${from}`, `/merges${query}`, { into })).body;
    const previewed = await merge(at.scene.recipient, other);
    expect(previewed['events']).toHaveLength(1);
    const registrations = [
      { recipient: at.scene.recipient, episodes: [at.scene.episode] },
      { recipient: other, episodes: [] },
    ].toSorted((one, two) => (one.recipient < two.recipient ? -1 : 1));
    expect(previewed['becomesOne']).toEqual({ registrations, sameNumber: false });
    // What was merged before comes along.
    const third = await at.server.open('/recipients', {
      controller: at.scene.controller,
      identity: { type: 'RESERVE', value: 'R1' },
      name: 'Tolvan',
      protection: 'NONE',
      anotherPerson: { reason: 'Samma reservnummer i två system.' },
    });
    expect(await merge(third, other)).toMatchObject({ becomesOne: { sameNumber: true } });
    const merged = await at.server.record(`/recipients/${third}`, '/merges', { into: other });
    await at.server.register.waitFor(BigInt(merged.body.position), 30_000);
    expect((await merge(at.scene.recipient, other))['becomesOne']).toMatchObject({
      registrations: expect.arrayContaining([{ recipient: third, episodes: [] }]),
    });
  });
});

describe('corrections', () => {
  it('make a fact count otherwise, and are undone by correcting again', async () => {
    const id = await at.offer();
    const declined = await at.server.record(at.episode, `/offers/${id}/decline`, { answeredBy: 'RECIPIENT', ...on });
    const entry = `/entries/${declined.body.eventId}`;
    const right = { offer: id, answeredBy: 'RECIPIENT', reasonCode: 'HAS_RELATIVE' };
    const corrected = await at.server.record(entry, '/correction', { reason: 'Orsaken glömdes.', data: right });
    expect(await at.statusOf('DECLINE_REASON', corrected.body.consistencyToken)).toBe('MET');
    expect(mustBe(200, await at.server.get(entry)).body).toMatchObject({
      status: 'CORRECTED',
      correctedBy: corrected.body.eventId,
    });
    const annulled = await at.server.record(entry, '/annulment', {
      cause: 'NEVER_HAPPENED',
      reason: 'Svaret gavs aldrig.',
    });
    expect(await at.statusOf('DECLINE_REASON', annulled.body.consistencyToken)).toBeUndefined();
    const disputed = await at.server.record(entry, '/dispute', { statement: 'Jag svarade inte.' });
    expect(disputed.body.type).toBe('EntryDisputed');
  });

  it('show what they change, and what of the earlier one falls back', async () => {
    const id = await at.offer();
    const declined = await at.server.record(at.episode, `/offers/${id}/decline`, { answeredBy: 'RECIPIENT', ...on });
    const entry = `/entries/${declined.body.eventId}`;
    await at.server.record(entry, '/correction', { reason: 'Fel dag.', effectiveOn: '2026-11-21' });
    const data = { offer: id, answeredBy: 'RECIPIENT', reasonCode: 'HAS_RELATIVE' };
    const previewed = mustBe(
      200,
      await at.server.post(`${entry}/correction?dryRun=true`, { reason: 'Orsak.', data }),
    ).body;
    expect(previewed['corrected']).toEqual([
      { field: 'effectiveOn', from: '2026-11-21', to: '2026-11-20' },
      { field: 'reasonCode', to: 'HAS_RELATIVE' },
    ]);
    const recorded = await at.server.record(entry, '/correction', { reason: 'Orsak.', data });
    for (const warnings of [previewed['warnings'], recorded.body.warnings])
      expect(warnings).toEqual([
        { rule: 'REPLACES_CORRECTION', message: expect.stringMatching(/registrerades: dagen\. Ange/) },
      ]);
  });

  it('may move a fact to another day, and count in what is decided next', async () => {
    const assigned = await at.server.record(at.episode, '/assignments', {
      role: 'PRIMARY',
      staff: at.scene.anna,
      ...on,
    });
    await at.server.record(`/entries/${assigned.body.eventId}`, '/annulment', {
      cause: 'NEVER_HAPPENED',
      reason: 'Fel person.',
    });
    const next = await at.server.record(at.episode, '/assignments', { role: 'PRIMARY', staff: at.scene.bo, ...on });
    await at.server.record(`/entries/${next.body.eventId}`, '/correction', {
      reason: 'Fel dag.',
      effectiveOn: '2026-11-21',
    });
    const early = await at.server.onCurrent(at.episode, `/assignments/${next.body.id}/end`, {
      initiator: 'UNIT',
      reasonCode: 'OTHER',
      effectiveOn: '2026-11-20',
    });
    expect(early.body.code).toBe('ASSIGNMENT_NOT_ACTIVE');
  });

  it('are open after the end of the care', async () => {
    const id = await at.offer();
    const declined = await at.server.record(at.episode, `/offers/${id}/decline`, { answeredBy: 'RECIPIENT', ...on });
    await at.server.record(at.episode, '/end', { cause: 'DEATH', effectiveOn: '2026-11-21' });
    expect(
      (
        await at.server.onCurrent(`/entries/${declined.body.eventId}`, '/correction', {
          reason: 'Orsak.',
          data: { offer: id, answeredBy: 'RECIPIENT', reasonCode: 'OTHER' },
        })
      ).status,
    ).toBe(201);
    expect(
      (await at.server.onCurrent(at.episode, '/plan-meetings', { on: '2026-11-21', effectiveOn: '2026-11-20' })).status,
    ).toBe(201);
  });
});
