import type { VNode } from 'preact';
import type { ContactLoad } from '../../answers/current-state/contact-load.js';
import type { UnitStaff } from '../../answers/find/unit-people.js';
import { EMPLOYMENT_FORMS } from '../../facts/codes.js';
import { codeWords } from '../../facts/labels.js';
import { Cell, Row, RowHead, Table } from '../components/table.js';
import { NAMELESS, TITLE_WORDS } from '../words/state-words.js';
import { UnitFrame, type UnitFrameProps } from './unit-frame.js';
import { surnameFirst } from './unit-view.js';

interface StaffPageProps extends Pick<UnitFrameProps, 'unit' | 'name' | 'times' | 'today' | 'visitor'> {
  readonly staff: readonly UnitStaff[];
  readonly loads: readonly ContactLoad[];
}

const COLUMNS = [
  { words: 'Namn' },
  { words: 'Yrkestitel' },
  { words: 'Anställning' },
  { words: 'Ordinarie kontakt för', number: true as const },
  { words: 'Andra eller vice', number: true as const },
];

/** Who works in a unit: what their title rests on, how many persons they have, who is away. */
export function StaffPage({ staff, loads, ...frame }: StaffPageProps): VNode {
  const load = new Map(loads.map((one) => [one.staff, one]));
  const sorted = [...staff].sort((a, b) => surnameFirst(a.name).localeCompare(surnameFirst(b.name), 'sv'));
  const lapsing = staff.filter(({ titleBasis }) => titleBasis === 'TRANSITION').length;
  const without = staff.filter(({ titleBasis }) => titleBasis === 'NONE').length;
  return (
    <UnitFrame
      {...frame}
      current="staff"
      lede={`${staff.length} arbetar i enheten. ${without} saknar bevis. ${lapsing} omfattas av övergångsregeln, som upphör den 30 juni 2033.`}
    >
      <section class="panel" aria-label="Personal">
        <Table label={`Personal i ${frame.name}`} columns={COLUMNS}>
          {sorted.map(({ staff: id, name, titleBasis, employment, onLeave }) => {
            const carried = load.get(id);
            return (
              <Row key={id}>
                <RowHead>
                  <a href={`/personal/${id}`}>{name ?? <em>{NAMELESS}</em>}</a>{' '}
                  {onLeave ? <span class="tag">ledig</span> : null}
                </RowHead>
                <Cell label="Yrkestitel">{titleBasis === undefined ? '–' : TITLE_WORDS[titleBasis]}</Cell>
                <Cell label="Anställning">
                  {employment === undefined ? '–' : codeWords(EMPLOYMENT_FORMS, employment)}
                </Cell>
                <Cell label="Ordinarie kontakt för" number>
                  {carried?.primary ?? 0}
                </Cell>
                <Cell label="Andra eller vice" number>
                  {(carried?.second ?? 0) + (carried?.deputy ?? 0)}
                </Cell>
              </Row>
            );
          })}
        </Table>
      </section>
    </UnitFrame>
  );
}
