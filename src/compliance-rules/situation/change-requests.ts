import type { Fact, Facts } from '../facts.js';

/** That the recipient would like another contact, and what became of it. */
export interface ChangeRequest {
  readonly fact: Fact<'ContactChangeRequested'>;
  readonly closed?: Fact<'ContactChangeRequestClosed'>;
}

/** Every request for another contact, in the order of entries. */
export function changeRequestsOf(facts: Facts): readonly ChangeRequest[] {
  const closings = facts.of('ContactChangeRequestClosed');
  return facts.of('ContactChangeRequested').map((fact) => {
    const closed = closings.find(({ data }) => data.request === fact.data.request);
    return closed ? { fact, closed } : { fact };
  });
}
