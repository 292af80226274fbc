// Gives a server the things that the examples of the OpenAPI file name, so that a fuzzer gets past "not found".
// node scripts/fuzz-seed.mjs http://127.0.0.1:3000
const [url] = process.argv.slice(2);
const id = (kind, number = 1) => `5f0c8d2a-${kind}-4a6b-9c3d-00000000000${number}`;
const [controller, unit, recipient, episode] = [id('0000'), id('1111'), id('3333'), id('4444')];
const on = { effectiveOn: '2026-01-12', lateReason: 'Exempel.' };

async function post(path, body) {
  const answer = await fetch(`${url}/api/v1${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-actor-id': 'seed',
      'x-actor-role': 'ADMINISTRATOR',
      ...(/^\/[a-z-]+$/.test(path) ? {} : { 'if-match': '*' }),
    },
    body: JSON.stringify({ ...on, ...body }),
  });
  if (answer.status !== 201) throw new Error(`${path} was answered with ${answer.status}: ${await answer.text()}`);
}

await post('/controllers', {
  id: controller,
  name: 'Ånge kommun',
  kind: 'MUNICIPAL',
  orgNumber: '212000-2395',
  municipalityCode: '2260',
});
await post('/units', { id: unit, controller, name: 'Hemtjänsten Norr', careForms: ['HOME_CARE'] });
for (const number of [1, 2]) {
  await post('/staff', { id: id('2222', number), controller, unit, name: 'Anna Lind' });
  await post(`/staff/${id('2222', number)}/title-verifications`, {
    certificateDate: '2024-03-05',
    method: 'HOSP_DIRECT',
    checkedBy: 'HOSP',
  });
}
for (const number of [1, 2])
  await post('/recipients', {
    id: id('3333', number),
    controller,
    identity: { type: 'RESERVE', value: `R-${number}` },
    name: 'Tolvan Tolvansson',
    protection: 'NONE',
  });
await post('/care-episodes', {
  id: episode,
  recipient,
  unit,
  careForm: 'HOME_CARE',
  legalGround: 'SOL_NEEDS_ASSESSED',
  services: ['PERSONAL_CARE'],
});
await post(`/care-episodes/${episode}/offers`, { offer: id('aaaa'), by: id('2222') });
await post(`/care-episodes/${episode}/consents`, {
  consent: id('6666'),
  person: 'Karin Berg',
  relation: 'dotter',
  scope: ['INFORM'],
});
await post(`/care-episodes/${episode}/assignments`, { assignment: id('5555'), role: 'PRIMARY', staff: id('2222') });
await post(`/care-episodes/${episode}/plans`, {
  plan: id('bbbb'),
  sections: { security: 'Larm.', continuity: 'Samma.', individualCare: 'Dusch.', coordination: 'DSK.' },
  contacts: [id('5555')],
  participants: [{ kind: 'RECIPIENT' }],
  followUpOn: '2026-07-01',
});
