import { describe, expect, it } from '@jest/globals';
import { atEpisode, on, warned } from './commands-at-episode.js';
import { mustBe, SECTIONS, SIX_ITEMS } from './commands.harness.js';

const at = atEpisode();

describe('the process of Bilaga 2', () => {
  it('is walked from the information to the documentation', async () => {
    const consent = await at.server.record(at.episode, '/consents', {
      person: 'Karin Berg',
      relation: 'dotter',
      scope: ['ATTEND_MEETINGS'],
      ...on,
    });
    const attendees = [{ kind: 'RECIPIENT' }, { kind: 'RELATIVE', name: 'Karin Berg', consent: consent.body.id }];
    const steps = [
      await at.server.record(at.episode, '/information', {
        form: 'PHYSICAL_MEETING',
        items: SIX_ITEMS,
        brochureVersion: '2',
        attendees,
        ...on,
      }),
      await at.server.record(at.episode, '/offers', {
        offer: '11111111-0000-4000-8000-000000000001',
        by: at.scene.anna,
        ...on,
      }),
      await at.server.record(at.episode, '/offers/11111111-0000-4000-8000-000000000001/accept', {
        answeredBy: 'RECIPIENT',
        ...on,
      }),
      await at.server.record(at.episode, '/plan-meetings', { on: '2026-11-21', ...on }),
    ];
    const assigned = await at.server.record(at.episode, '/assignments', {
      role: 'PRIMARY',
      staff: at.scene.anna,
      appointedBy: at.scene.bo,
      ...on,
    });
    steps.push(assigned);
    steps.push(
      await at.server.record(`/staff/${at.scene.anna}`, '/assignment-descriptions', {
        assignment: assigned.body.id,
        version: '1',
        place: 'Ånge',
        ...on,
      }),
    );
    steps.push(
      await at.server.record(at.episode, '/plans', {
        sections: SECTIONS,
        contacts: [assigned.body.id],
        participants: attendees,
        followUpOn: '2027-05-03',
        effectiveOn: '2026-11-21',
      }),
    );
    for (const document of ['JOURNAL', 'PROFILE'])
      steps.push(
        await at.server.record(at.episode, '/records', {
          document,
          about: assigned.body.eventId,
          effectiveOn: '2026-11-22',
        }),
      );
    expect(steps.flatMap(warned)).toEqual([]);

    const token = steps.at(-1)?.body.consistencyToken ?? '';
    for (const rule of [
      'OFFER',
      'ANSWER',
      'ASSIGNED',
      'TITLE',
      'TRAINING',
      'SIGNED',
      'PLAN',
      'FOLLOW_UP_DATE',
      'NAMED',
      'INFORMED',
    ])
      expect([rule, await at.statusOf(rule, token)]).toEqual([rule, 'MET']);
  });

  it('is walked to a no with its reason', async () => {
    const id = await at.offer();
    const declined = await at.server.record(at.episode, `/offers/${id}/decline`, {
      answeredBy: 'RECIPIENT',
      reasonCode: 'ENOUGH_SUPPORT',
      ...on,
    });
    expect(warned(declined)).toEqual([]);
    expect(await at.statusOf('DECLINE_REASON', declined.body.consistencyToken)).toBe('MET');
  });

  it('goes on: replacement, absence, follow-up, a revised plan, the end', async () => {
    const id = await at.offer();
    await at.server.record(at.episode, `/offers/${id}/accept`, { answeredBy: 'RECIPIENT', ...on });
    const first = (await at.server.record(at.episode, '/assignments', { role: 'PRIMARY', staff: at.scene.anna, ...on }))
      .body.id;
    const plan = (
      await at.server.record(at.episode, '/plans', {
        sections: SECTIONS,
        contacts: [first],
        participants: [],
        followUpOn: '2026-11-22',
        ...on,
      })
    ).body.id;
    const deputy = (await at.server.record(at.episode, '/assignments', { role: 'DEPUTY', staff: at.scene.bo, ...on }))
      .body.id;
    const steps = [
      await at.server.record(at.episode, `/assignments/${first}/absences`, {
        deputyAssignment: deputy,
        effectiveOn: '2026-11-21',
      }),
      await at.server.record(at.episode, `/assignments/${first}/absence-ends`, { effectiveOn: '2026-11-22' }),
      await at.server.record(at.episode, `/assignments/${deputy}/end`, { initiator: 'UNIT', reasonCode: 'OTHER' }),
      await at.server.record(at.episode, `/assignments/${first}/replacement`, {
        staff: at.scene.bo,
        initiator: 'RECIPIENT',
        reasonCode: 'RECIPIENT_WISH',
        effectiveOn: '2026-11-22',
      }),
      await at.server.record(at.episode, `/plans/${plan}/missed-follow-ups`, {
        reasonCode: 'RECIPIENT_ABSENT',
        newDate: '2026-11-22',
        effectiveOn: '2026-11-21',
      }),
      await at.server.record(at.episode, `/plans/${plan}/follow-ups`, {
        attendees: [{ kind: 'RECIPIENT' }],
        outcome: 'REVISE_PLAN',
        nextFollowUpOn: '2027-05-20',
      }),
      await at.server.record(at.episode, `/plans/${plan}/revisions`, {
        version: 2,
        sections: SECTIONS,
        contacts: [first],
        participants: [],
      }),
      await at.server.record(at.episode, `/plans/${plan}/follow-up-dates`, { on: '2027-05-21' }),
      await at.server.record(at.episode, '/services', { services: ['PERSONAL_CARE', 'MEALS'] }),
      await at.server.record(at.episode, '/pauses', { cause: 'HOSPITAL', effectiveOn: '2026-11-21' }),
      await at.server.record(at.episode, '/resumptions', { effectiveOn: '2026-11-22' }),
      await at.server.record(at.episode, '/end', { cause: 'MOVED', effectiveOn: '2026-12-01' }),
    ];
    expect(steps.every(({ status }) => status === 201)).toBe(true);
    const state = mustBe(200, await at.server.get(at.episode));
    expect(state.body).toMatchObject({ revision: steps.at(-1)?.body.revision });
  });

  it('is answered step by step with event, place and token', async () => {
    const { body, headers, status } = await at.server.onCurrent(at.episode, '/offers', { by: at.scene.anna, ...on });
    expect(status).toBe(201);
    expect(body).toEqual({
      eventId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      type: 'ContactOffered',
      stream: `careEpisode-${at.scene.episode}`,
      revision: '1',
      position: expect.stringMatching(/^\d+$/),
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      warnings: [{ rule: 'INFORMED', message: expect.stringContaining('sex punkter') }],
      consistencyToken: expect.stringMatching(/^[\w-]{22}$/),
    });
    expect(headers.get('etag')).toBe('"1"');
    expect(headers.get('location')).toBe(`/api/v1/entries/${body.eventId}`);
    expect(mustBe(200, await at.server.get(`/entries/${body.eventId}`)).body).toMatchObject({
      type: 'ContactOffered',
      status: 'VALID',
      data: { by: at.scene.anna, offer: body.id },
    });
  });
});

describe('what is unlawful but possible is recorded, and named', () => {
  it('a no without its reason (E2)', async () => {
    const id = await at.offer();
    const declined = await at.server.record(at.episode, `/offers/${id}/decline`, { answeredBy: 'RECIPIENT', ...on });
    expect(warned(declined)).toEqual(['DECLINE_REASON']);
    expect(await at.statusOf('DECLINE_REASON', declined.body.consistencyToken)).toBe('BREACH');
  });

  it('each no without a reason, also when the one before had none', async () => {
    const id = await at.offer();
    await at.server.record(at.episode, `/offers/${id}/decline`, { answeredBy: 'RECIPIENT', ...on });
    expect(
      warned(await at.server.record(at.episode, `/offers/${id}/decline`, { answeredBy: 'RECIPIENT', ...on })),
    ).toEqual(['ANSWERED_TWICE', 'DECLINE_REASON']);
  });

  it('an assessment without the view of the recipient (E8)', async () => {
    expect(
      warned(
        await at.server.record(at.episode, '/unnecessity-assessments', {
          criteria: ['ONLY_ALARM'],
          reason: 'Bara larm.',
          ...on,
        }),
      ),
    ).toEqual(['UNNECESSARY']);
    expect(
      warned(
        await at.server.record(at.episode, '/unnecessity-assessments', {
          criteria: ['ONLY_ALARM'],
          reason: 'Bara larm.',
          recipientView: 'Instämmer.',
          ...on,
        }),
      ),
    ).toEqual([]);
  });

  it('services that undermine an assessment (E7)', async () => {
    await at.server.record(at.episode, '/unnecessity-assessments', {
      criteria: ['ONLY_ALARM'],
      reason: 'Bara larm.',
      recipientView: 'Instämmer.',
      ...on,
    });
    expect(
      warned(
        await at.server.record(at.episode, '/services', {
          services: ['SAFETY_ALARM', 'PERSONAL_CARE'],
          effectiveOn: '2026-11-21',
        }),
      ),
    ).toEqual(['UNNECESSARY']);
  });

  it('a contact without the training (E56)', async () => {
    const staff = await at.server.open('/staff', {
      controller: at.scene.controller,
      unit: at.scene.unit,
      name: 'Dan Falk',
      ...on,
    });
    await at.server.record(`/staff/${staff}`, '/title-verifications', {
      certificateDate: '2024-03-05',
      method: 'CERTIFICATE_SHOWN',
      checkedBy: 'enhetschef',
      ...on,
    });
    const id = await at.offer();
    await at.server.record(at.episode, `/offers/${id}/accept`, { answeredBy: 'RECIPIENT', ...on });
    expect(warned(await at.server.record(at.episode, '/assignments', { role: 'PRIMARY', staff, ...on }))).toEqual([
      'TRAINING',
    ]);
  });

  it('a late entry without its reason (E34)', async () => {
    expect(
      warned(await at.server.record(at.episode, '/plan-meetings', { on: '2026-11-20', effectiveOn: '2026-11-14' })),
    ).toEqual(['LATE_REASON']);
    expect(
      warned(await at.server.record(at.episode, '/plan-meetings', { on: '2026-11-20', effectiveOn: '2026-11-15' })),
    ).toEqual([]);
    expect(
      warned(
        await at.server.record(at.episode, '/plan-meetings', {
          on: '2026-11-20',
          effectiveOn: '2026-11-14',
          lateReason: 'Sjukdom.',
        }),
      ),
    ).toEqual([]);
    expect(
      warned(
        await at.server.record(at.episode, '/plan-meetings', {
          on: '2026-11-20',
          effectiveOn: '2026-11-10',
          documentedAt: '2026-11-12T10:00:00Z',
        }),
      ),
    ).toEqual([]);
  });

  it('an answer by somebody who is no representative (E46), and a plan without a date (E52)', async () => {
    const id = await at.offer();
    expect(
      warned(await at.server.record(at.episode, `/offers/${id}/accept`, { answeredBy: 'REPRESENTATIVE', ...on })),
    ).toEqual(['ANSWER']);
    expect(
      warned(
        await at.server.record(at.episode, '/plans', {
          sections: SECTIONS,
          contacts: [],
          participants: [{ kind: 'RELATIVE', name: 'Karin' }],
          ...on,
        }),
      ).sort(),
    ).toEqual(['CONSENT', 'FOLLOW_UP_DATE']);
  });

  it('nobody without a title is appointed, unless somebody says why (E13)', async () => {
    const refused = await at.server.onCurrent(at.episode, '/assignments', {
      role: 'PRIMARY',
      staff: at.scene.untitled,
      ...on,
    });
    expect([refused.status, refused.body.code]).toEqual([409, 'TITLE_REQUIRED']);
    const appointed = await at.server.record(at.episode, '/assignments', {
      role: 'PRIMARY',
      staff: at.scene.untitled,
      override: { reason: 'Ingen annan finns.' },
      ...on,
    });
    expect(warned(appointed).sort()).toEqual(['TITLE', 'TRAINING']);
    expect(await at.statusOf('TITLE', appointed.body.consistencyToken)).toBe('BREACH');
  });
});

describe('two managers appoint at once (E59)', () => {
  it('gives one appointment, and the other is told so', async () => {
    const etag = await at.server.etag(at.episode);
    const appoint = (staff: string) =>
      at.server.post(`${at.episode}/assignments`, { role: 'PRIMARY', staff, ...on }, { ifMatch: etag });
    const answers = await Promise.all([
      appoint(at.scene.anna),
      appoint(at.scene.bo),
      appoint(at.scene.anna),
      appoint(at.scene.bo),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 412, 412, 412]);
    const stale = answers.find(({ status }) => status === 412);
    expect(stale?.headers.get('etag')).toBe('"1"');
    expect(stale?.body).toMatchObject({ code: 'PRECONDITION_FAILED', currentETag: '"1"' });
  });

  it('also when they did not look: the decider sees the other one', async () => {
    const appoint = (staff: string) =>
      at.server.post(`${at.episode}/assignments`, { role: 'PRIMARY', staff, ...on }, { ifMatch: '*' });
    const answers = await Promise.all([appoint(at.scene.anna), appoint(at.scene.bo)]);
    expect(answers.map(({ status, body }) => [status, body.code]).sort()).toEqual([
      [201, undefined],
      [409, 'PRIMARY_ALREADY_ASSIGNED'],
    ]);
  });
});

describe('every resource that takes commands', () => {
  it('is read with its ETag', async () => {
    const { body } = await at.server.record(at.episode, '/plan-meetings', { on: '2026-11-24' });
    const policies = `/controllers/${at.scene.controller}/policies`;
    expect(mustBe(200, await at.server.get(policies)).headers.get('etag')).toBeNull();
    mustBe(201, await at.server.post(policies, { version: '2026-1', values: {} }));
    for (const resource of [
      `/controllers/${at.scene.controller}`,
      policies,
      `/units/${at.scene.unit}`,
      `/staff/${at.scene.anna}`,
      `/recipients/${at.scene.recipient}`,
      at.episode,
      `/entries/${body.eventId}`,
    ]) {
      expect([resource, await at.server.etag(resource)]).toEqual([resource, expect.stringMatching(/^"\d+"$/)]);
    }
    expect(mustBe(200, await at.server.get(policies)).body).toMatchObject({
      controller: at.scene.controller,
      version: '2026-1',
      values: { offerTargetDays: 14 },
    });
  });
});
