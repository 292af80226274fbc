import { describe, expect, it } from '@jest/globals';
import {
  answer,
  careStaffOf,
  COMPANY,
  contactOf,
  eva,
  HIRED,
  holds,
  managerOf,
  NORTH,
  place,
  SOUTH,
  tolvan,
  TOWN,
  when,
} from './access.spec-helper.js';

const TIMELINE = 'recipient.timeline';
const marked = (named?: readonly string[]) => ({
  protected: {
    protection: 'CONFIDENTIALITY_MARKED' as const,
    formerSecret: false,
    ...(named ? { named: new Set(named) } : {}),
  },
});
const secret = { protected: { protection: 'PROTECTED_REGISTRATION' as const, formerSecret: false } };
const broken = (by = 'eva', until = '2026-03-10T11:00:00.000Z') => ({ glass: [{ by, on: 0, until }] });

describe('a manager', () => {
  const manager = eva([managerOf(NORTH)]);

  it('reads about persons of her own unit, and takes every step for them', () => {
    expect(answer(manager, { action: TIMELINE, about: tolvan() })).toBe('manager.persons');
    expect(answer(manager, { action: 'step.AssignContact', about: tolvan() })).toBe('manager.steps');
  });

  it('does not learn that a person of another unit is there', () => {
    const about = tolvan({ units: new Set([SOUTH]) });
    expect(answer(manager, { action: TIMELINE, about })).toBe('NOT_THERE');
    expect(answer(manager, { action: TIMELINE, more: { found: false } })).toBe('NOT_THERE');
    expect(answer(manager, { action: 'step.AssignContact', about })).toBe('NOT_THERE');
  });

  it('sees whom she has registered until care begins', () => {
    const about = tolvan({ units: new Set(), registeredBy: 'eva' });
    expect(answer(manager, { action: 'recipient.state', about })).toBe('manager.persons');
    expect(answer(manager, { action: 'recipient.state', about: { ...about, registeredBy: 'bo' } })).toBe('NOT_THERE');
  });

  it('adopts no policy and reviews no glass', () => {
    expect(answer(manager, { action: 'step.AdoptPolicy', about: place('controller') })).toBe('NOT_ALLOWED');
    expect(answer(manager, { action: 'step.ReviewGlass', about: tolvan() })).toBe('NOT_ALLOWED');
  });

  it('has a deputy who may what she may, in the units that the grant names', () => {
    const deputy = eva([holds('UNIT_DEPUTY', { units: [SOUTH], to: '2026-04-01' })]);
    expect(answer(deputy, { action: TIMELINE, about: tolvan({ units: new Set([SOUTH]) }) })).toBe('manager.persons');
    expect(answer(deputy, { action: TIMELINE, about: tolvan() })).toBe('NOT_THERE');
  });
});

describe('a contact', () => {
  const contact = eva([contactOf('tolvan')]);

  it('reads about her person and agrees the plan, and appoints nobody', () => {
    expect(answer(contact, { action: TIMELINE, about: tolvan() })).toBe('contact.persons');
    expect(answer(contact, { action: 'step.AgreePlan', about: tolvan() })).toBe('contact.steps');
    expect(answer(contact, { action: 'step.AssignContact', about: tolvan() })).toBe('NOT_ALLOWED');
  });

  it('does not learn of others', () => {
    expect(answer(contact, { action: TIMELINE, about: tolvan({ recipients: new Set(['bo']) }) })).toBe('NOT_THERE');
  });

  it('finds her person by a second registration too', () => {
    const merged = tolvan({ recipients: new Set(['tolvan-2', 'tolvan']) });
    expect(answer(contact, { action: TIMELINE, about: merged })).toBe('contact.persons');
  });
});

describe('care staff', () => {
  const staff = eva([careStaffOf(NORTH)]);

  it('open the persons of the unit and note an answer, and make no plan', () => {
    expect(answer(staff, { action: 'recipient.state', about: tolvan() })).toBe('staff.persons');
    expect(answer(staff, { action: 'step.AcceptOffer', about: tolvan() })).toBe('staff.steps');
    expect(answer(staff, { action: 'step.AgreePlan', about: tolvan() })).toBe('NOT_ALLOWED');
  });

  it('may as contact what she may not as colleague', () => {
    const both = eva([careStaffOf(NORTH), contactOf('bo')]);
    expect(answer(both, { action: 'step.AgreePlan', about: tolvan({ recipients: new Set(['bo']) }) })).toBe(
      'contact.steps',
    );
    // She sees Tolvan, but is not his contact.
    expect(answer(both, { action: 'step.AgreePlan', about: tolvan() })).toBe('NOT_ALLOWED');
  });
});

describe('the coordinator', () => {
  const sas = eva([holds('SAS')]);
  const hired = tolvan({ controllers: new Set([COMPANY]), units: new Set([HIRED]), commissionedBy: new Set([TOWN]) });

  it('reads about everybody of the municipality, and appoints no contact', () => {
    expect(answer(sas, { action: TIMELINE, about: tolvan({ units: new Set([SOUTH]) }) })).toBe('sas.persons');
    expect(answer(sas, { action: 'step.AssignContact', about: tolvan() })).toBe('NOT_ALLOWED');
  });

  it('reads of a company that works for the municipality how rules judge, and words only to follow it up', () => {
    expect(answer(sas, { action: 'recipient.compliance', about: hired })).toBe('sas.commissioned-judgement');
    expect(answer(sas, { action: TIMELINE, about: hired })).toBe('NOT_ALLOWED');
    expect(answer(sas, { action: TIMELINE, about: hired, purpose: 'FOLLOW_UP' })).toBe('sas.commissioned-persons');
    expect(answer(sas, { action: TIMELINE, about: { ...hired, commissionedBy: new Set() } })).toBe('NOT_THERE');
  });
});

describe('a case officer', () => {
  const officer = eva([holds('CASE_OFFICER')]);

  it('reads where a person stands without what others have written, and decides on care', () => {
    const verdict = when(officer, { action: 'care-episode.state', about: tolvan() });
    expect(verdict).toMatchObject({ allow: true, by: 'officer.persons', obligations: ['NO_FREE_TEXT'] });
    expect(answer(officer, { action: TIMELINE, about: tolvan() })).toBe('NOT_ALLOWED');
    expect(answer(officer, { action: 'step.StartEpisode', about: tolvan({ units: new Set() }) })).toBe(
      'officer.episodes',
    );
  });

  it('reads the words where another role of hers lets her', () => {
    const verdict = when(eva([holds('CASE_OFFICER'), managerOf(NORTH)]), {
      action: 'care-episode.state',
      about: tolvan(),
    });
    expect(verdict).toMatchObject({ by: 'manager.persons', obligations: [] });
  });
});

describe('an auditor', () => {
  const auditor = eva([holds('AUDITOR', { units: [NORTH], inspection: 'ivo-1' })]);

  it('reads what the inspection names, also of care that has ended, and records nothing', () => {
    const former = tolvan({ units: new Set(), everUnits: new Set([NORTH]) });
    expect(answer(auditor, { action: TIMELINE, about: former })).toBe('auditor.persons');
    expect(answer(auditor, { action: TIMELINE, about: tolvan({ everUnits: new Set([SOUTH]) }) })).toBe('NOT_THERE');
    expect(answer(auditor, { action: 'step.AnnulEntry', about: tolvan() })).toBe('NOT_ALLOWED');
  });

  it('reads no list of a unit where the inspection names persons', () => {
    const ofOne = eva([holds('AUDITOR', { recipients: ['tolvan'], inspection: 'ivo-1' })]);
    expect(answer(ofOne, { action: TIMELINE, about: tolvan() })).toBe('auditor.persons');
    expect(answer(ofOne, { action: 'unit.current', about: place('unit', { units: new Set([NORTH]) }) })).toBe(
      'NOT_THERE',
    );
  });

  it('is nobody once it is over', () => {
    expect(answer(eva([]), { action: TIMELINE, about: tolvan() })).toBe('NOT_ALLOWED');
  });
});

describe('who runs the system', () => {
  const admin = eva([holds('ADMIN')]);

  it('rebuilds views and grants roles, and reads about nobody', () => {
    expect(answer(admin, { action: 'register.rebuild' })).toBe('admin.views');
    for (const action of [TIMELINE, 'recipient.state', 'recipient.search', 'unit.current', 'staff.state'])
      expect(answer(admin, { action, about: tolvan() })).toBe('NOT_ALLOWED');
  });

  it('decides for her own controller alone', () => {
    const about = place('controller', { controllers: new Set([COMPANY]) });
    expect(answer(admin, { action: 'step.GrantRole', about })).toBe('NOT_THERE');
  });
});

describe('who answers the persons themselves', () => {
  const desk = eva([holds('RECIPIENT_DESK')]);

  it('reads a history at the request of the person, and for nothing else', () => {
    expect(answer(desk, { action: TIMELINE, about: tolvan() })).toBe('NOT_ALLOWED');
    expect(answer(desk, { action: TIMELINE, about: tolvan(), purpose: 'RECIPIENT_REQUEST' })).toBe('desk.history');
    const about = place('unit', { units: new Set([NORTH]) });
    expect(answer(desk, { action: 'unit.current', about, purpose: 'RECIPIENT_REQUEST' })).toBe('NOT_ALLOWED');
  });
});

describe('a sign-in that is not sure enough', () => {
  const manager = eva([managerOf(NORTH)], { level: 2 });

  it('opens figures and no person, and does not learn who is there', () => {
    expect(answer(manager, { action: 'report.series', about: place('list') })).toBe('manager.figures');
    for (const units of [NORTH, SOUTH])
      expect(answer(manager, { action: TIMELINE, about: tolvan({ units: new Set([units]) }) })).toBe('LEVEL_TOO_LOW');
    expect(answer(manager, { action: TIMELINE, more: { found: false } })).toBe('LEVEL_TOO_LOW');
  });
});

describe('a person with protected data', () => {
  const staff = eva([careStaffOf(NORTH)]);

  it('is opened by whom somebody has named', () => {
    expect(answer(staff, { action: TIMELINE, about: tolvan(marked()) })).toBe('NOT_THERE');
    expect(answer(staff, { action: TIMELINE, about: tolvan(marked(['bo'])) })).toBe('NOT_THERE');
    expect(answer(staff, { action: TIMELINE, about: tolvan(marked(['eva'])) })).toBe('staff.persons');
  });

  it('is opened by a name only within what a role reaches', () => {
    const about = tolvan({ ...marked(['eva']), units: new Set([SOUTH]) });
    expect(answer(staff, { action: TIMELINE, about })).toBe('NOT_THERE');
  });

  it('is not opened by who manages the unit, who still says whom to name', () => {
    const manager = eva([managerOf(NORTH)]);
    expect(answer(manager, { action: TIMELINE, about: tolvan(secret) })).toBe('NOT_THERE');
    expect(answer(manager, { action: 'step.NarrowAccess', about: tolvan(secret) })).toBe('manager.protection');
  });

  it('is opened by who breaks the glass, until it heals', () => {
    expect(answer(staff, { action: TIMELINE, about: tolvan({ ...marked(), ...broken() }) })).toBe('staff.persons');
    expect(answer(staff, { action: TIMELINE, about: tolvan({ ...marked(), ...broken('bo') }) })).toBe('NOT_THERE');
    const healed = broken('eva', '2026-03-10T09:00:00.000Z');
    expect(answer(staff, { action: TIMELINE, about: tolvan({ ...marked(), ...healed }) })).toBe('NOT_THERE');
  });

  it('stays closed where the controller lets no glass open protected registrations', () => {
    const about = tolvan({ ...secret, ...broken() });
    expect(answer(staff, { action: TIMELINE, about })).toBe('staff.persons');
    const narrowings = new Map([[TOWN, { withdrawn: new Set<string>(), noGlassForProtectedRegistration: true }]]);
    expect(answer(staff, { action: TIMELINE, about, context: { narrowings } })).toBe('NOT_THERE');
  });
});

describe('a broken glass', () => {
  const elsewhere = tolvan({ units: new Set([SOUTH]), ...broken() });

  it('opens nothing to be recorded, by which she would be in reach for good', () => {
    const staff = eva([careStaffOf(NORTH)]);
    expect(answer(staff, { action: TIMELINE, about: elsewhere })).toBe('staff.persons');
    expect(answer(staff, { action: 'step.RecordInDocument', about: elsewhere })).toBe('NOT_ALLOWED');
  });

  it('lifts that the person lies outside, and no other rule', () => {
    const staff = eva([careStaffOf(NORTH)]);
    expect(answer(staff, { action: TIMELINE, about: elsewhere })).toBe('staff.persons');
    expect(answer(staff, { action: 'step.AgreePlan', about: elsewhere })).toBe('NOT_ALLOWED');
    expect(answer({ ...staff, level: 2 }, { action: TIMELINE, about: elsewhere })).toBe('LEVEL_TOO_LOW');
    expect(answer(staff, { action: TIMELINE, about: { ...elsewhere, controllers: new Set([COMPANY]) } })).toBe(
      'NOT_THERE',
    );
  });

  it('is for those who work in care', () => {
    const officer = eva([holds('CASE_OFFICER', { controller: COMPANY })]);
    expect(answer(officer, { action: 'recipient.state', about: elsewhere })).toBe('NOT_THERE');
  });
});

describe('a controller', () => {
  it('may take away from its own, and from nobody else', () => {
    const withdrawn = { withdrawn: new Set(['staff.persons']), noGlassForProtectedRegistration: false };
    const staff = eva([careStaffOf(NORTH)]);
    const ask = (controller: string) =>
      answer(staff, {
        action: TIMELINE,
        about: tolvan(),
        context: { narrowings: new Map([[controller, withdrawn]]) },
      });
    expect(ask(TOWN)).toBe('NOT_ALLOWED');
    expect(ask(COMPANY)).toBe('staff.persons');
  });
});

describe('what is open', () => {
  it('is open to who has not signed in, and the rest is not', () => {
    expect(answer(undefined, { action: 'register.health' })).toBe('open');
    expect(answer(undefined, { action: 'self.me' })).toBe('NOT_ALLOWED');
    expect(answer(eva([]), { action: 'self.me' })).toBe('signed-in');
  });
});
