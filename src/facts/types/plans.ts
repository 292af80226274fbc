import { eventTypes } from '../../kernel/event-sourcing/event-type.js';
import {
  brings,
  code,
  codes,
  day,
  entry,
  id,
  list,
  own,
  part,
  stream,
  text,
  texts,
  whole,
} from '../../kernel/event-sourcing/fields.js';
import { ASSIGNMENT, CARE_EPISODE, FUNDS_AGREEMENT, PLAN, STAFF } from '../categories.js';
import { FOLLOW_UP_NOT_HELD_REASONS, FOLLOW_UP_OUTCOMES, INFORMATION_FORMS, PLAN_MEETING_ITEMS } from '../codes.js';
import { attendees, invited } from './attendees.js';

const plan = own(PLAN, 'plan', 'Planen.');
const planVersion = (description: string, example: number) =>
  whole({ min: 1, most: 100_000 }, 'version', description).example(example);

/** What a plan says: its sections are the four needs that the law names. */
const content = {
  sections: part(
    'PlanSectionsDto',
    {
      security: text('trygghet', 'Trygghet.').sealed(),
      continuity: text('kontinuitet', 'Kontinuitet.').sealed(),
      individualCare: text('individanpassad omsorg', 'Individanpassad omsorg.').sealed(),
      coordination: text('samordning när insatser verkställs', 'Samordning när insatser verkställs.').sealed(),
    },
    'planens innehåll',
    'Planens innehåll under rubrikerna i uppdragsbeskrivningen: de fyra behov som lagen nämner.',
  ),
  contacts: list(own(ASSIGNMENT), 'fasta omsorgskontakter', 'Uppdragen för de kontakter som planen nämner.'),
  participants: attendees,
  followUpOn: day(
    'följs upp',
    'När planen ska följas upp. Utan dag svarar kommandot med varningen FOLLOW_UP_DATE.',
  ).optional(),
  decisionRef: text('beslutets beteckning', 'Beslutet som planen utgår från. Inga personuppgifter.').optional(),
  attachments: texts('bilagor', 'Handlingar som hör till planen. Inga personuppgifter.').optional(),
  meeting: entry(
    { types: ['PlanMeetingHeld'] },
    'överenskommen vid möte',
    'Händelsen då mötet hölls: eventId i svaret på det kommandot.',
  ).optional(),
};

/** The plan for what the contact does, and how it is followed up. */
export const planTypes = eventTypes(CARE_EPISODE, {
  PlanMeetingBooked: {
    label: 'Möte för genomgång bokat',
    data: { on: day('dag', 'Mötets dag.'), invited: invited.optional() },
  },
  PlanMeetingHeld: {
    label: 'Möte för genomgång genomfört',
    data: {
      form: code(INFORMATION_FORMS, 'form', 'Hur mötet hölls.'),
      items: codes(PLAN_MEETING_ITEMS, 'punkter', 'Vad som gicks igenom.'),
      attendees,
      by: stream(STAFF, 'hållet av', 'Medarbetaren som höll mötet.').optional(),
    },
  },
  PlanAgreed: {
    label: 'Genomförandeplan överenskommen',
    data: {
      plan: brings(PLAN, 'plan', 'Planens id.'),
      version: planVersion('Planens version. 1 om inget anges.', 1),
      ...content,
    },
  },
  PlanDeclined: {
    label: 'Genomförandeplan avböjd',
    data: { reasonText: text('orsak med egna ord', 'Orsaken med egna ord.').sealed().optional() },
  },
  PlanRevised: {
    label: 'Genomförandeplan reviderad',
    data: { plan, version: planVersion('Planens nya version, högre än den senaste.', 2), ...content },
  },
  FollowUpPlanned: {
    label: 'Uppföljning planerad',
    data: { plan, on: day('dag', 'Dagen då planen ska följas upp.') },
  },
  FollowUpHeld: {
    label: 'Uppföljning genomförd',
    data: {
      plan,
      attendees,
      outcome: code(FOLLOW_UP_OUTCOMES, 'resultat', 'Vad uppföljningen ledde till.'),
      notes: text('anteckningar', 'Anteckningar.').sealed().optional(),
      nextFollowUpOn: day('nästa uppföljning', 'Nästa uppföljning.').optional(),
    },
  },
  FollowUpNotHeld: {
    label: 'Uppföljning inte genomförd',
    data: {
      plan,
      reasonCode: code(FOLLOW_UP_NOT_HELD_REASONS, 'orsak', 'Orsaken.'),
      newDate: day('nytt datum', 'Ny dag.').optional(),
    },
  },
  PrivateFundsAgreementMade: {
    label: 'Överenskommelse om privata medel ingången',
    ahead: true,
    data: {
      agreement: brings(FUNDS_AGREEMENT, 'överenskommelse', 'Överenskommelsens id.'),
      representative: id('företrädare', 'Företrädaren som överenskommelsen är med.'),
      reference: text('hänvisning', 'Var överenskommelsen finns. Inga personuppgifter.').optional(),
    },
  },
  PrivateFundsAgreementEnded: {
    label: 'Överenskommelse om privata medel avslutad',
    ahead: true,
    data: { agreement: own(FUNDS_AGREEMENT, 'överenskommelse', 'Överenskommelsen.') },
  },
});
