import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { accessPolicy, policyOf, tableJsonSchema, writtenTable } from './policy-table.js';
import { ROLES } from './model.js';

const file = (name: string): unknown => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));

/** Actions that show a person, by their names: the table itself is not asked. */
const SHOWS_A_PERSON = /^(recipient|care-episode|staff)\.|^entry\.read$|^entry\.read-of-staff$/;

/** What a caller with level 2 may: figures without persons, and what is true of no person. */
const WITHOUT_PERSONS = [
  'controller.list',
  'controller.policies',
  'controller.read',
  'register.projections',
  'register.rebuild',
  'register.verify',
  'report.series',
  'report.supervision',
  'unit.list',
  'unit.state',
];

describe('the table of access', () => {
  it('has the form that its schema says', () => {
    const schema = file('./access-policy.schema.json');
    expect(tableJsonSchema()).toEqual(schema);
    const validate = new Ajv2020().compile(schema as object);
    expect(validate(file('./access-policy.json')) || validate.errors).toBe(true);
  });

  it('gives every role something', () => {
    expect(ROLES.filter((role) => !accessPolicy.rows.some(({ roles }) => roles.includes(role)))).toEqual([]);
  });

  it('asks for level 3 wherever a person is shown, or something is recorded', () => {
    const low = accessPolicy.rows.filter(({ level }) => level < 3).flatMap(({ actions }) => [...actions]);
    expect([...new Set(low)].sort()).toEqual(WITHOUT_PERSONS);
  });

  it('lets who runs the system read about nobody', () => {
    const admin = accessPolicy.rows
      .filter(({ roles }) => roles.includes('ADMIN'))
      .flatMap(({ actions }) => [...actions]);
    expect(admin.filter((action) => SHOWS_A_PERSON.test(action))).toEqual([]);
  });

  it('lets an auditor and the desk record nothing of their own', () => {
    const steps = (role: 'AUDITOR' | 'RECIPIENT_DESK') =>
      accessPolicy.rows
        .filter(({ roles }) => roles.includes(role))
        .flatMap(({ actions }) => [...actions].filter((action) => action.startsWith('step.')));
    expect(steps('AUDITOR')).toEqual([]);
    expect(steps('RECIPIENT_DESK')).toEqual(['step.DisputeEntry']);
  });

  it('lets no system bring what gives access', () => {
    const brought = accessPolicy.rows
      .filter(({ roles }) => roles.includes('INTEGRATION'))
      .flatMap(({ actions }) => [...actions]);
    for (const step of ['AppointManager', 'OpenUnit', 'GrantRole', 'LinkIdentity', 'NarrowAccess', 'AdoptAccessPolicy'])
      expect(brought).not.toContain(`step.${step}`);
  });

  it('refuses a group that is not there, and two rows of one name', () => {
    const [first] = writtenTable.rows;
    expect(() => policyOf({ ...writtenTable, rows: [{ ...first!, actions: ['@nobody'] }] })).toThrow('@nobody');
    expect(() => policyOf({ ...writtenTable, rows: [first!, first!] })).toThrow('two rows');
  });
});
