import type { VNode } from 'preact';
import type { EvidenceFigures } from '../../kernel/observability/evidence.js';
import { speaksAgainst } from '../../kernel/observability/evidence.js';
import { Pairs } from '../components/panel.js';
import { StatusIcon } from '../components/status.js';
import { Cell, Row, RowHead, Table } from '../components/table.js';
import { atTime } from '../../kernel/time/swedish-dates.js';

/** What vouches for the log, and whether it speaks against it. */
export function ProofState({ evidence }: { readonly evidence?: EvidenceFigures }): VNode {
  if (evidence === undefined || evidence.sealed === 0)
    return (
      <p>
        Registret har ännu ingen kontrollpunkt. <code>fok verify</code> på servern räknar igenom hela loggen.
      </p>
    );
  const against = speaksAgainst(evidence);
  return (
    <div class="stack">
      <p>
        <span class={`status word ${against ? 'bad' : 'ok'}`}>
          <StatusIcon status={against ? 'BREACH' : 'MET'} kind="STATUTORY" />
          <span>{against ? 'Något stämmer inte' : 'Inget talar emot loggen'}</span>
        </span>
      </p>
      <Pairs
        of={[
          ['Händelser i senaste kontrollpunkten', String(evidence.sealed)],
          ...(evidence.witnessed === undefined
            ? []
            : [
                [
                  'Bekräftade av vittnen',
                  `${evidence.witnessed.size}; ${evidence.witnessed.needed} vittnen behövs`,
                ] as const,
              ]),
          ...(evidence.verified === undefined
            ? []
            : [
                [
                  'Hela loggen kontrollerad',
                  `${atTime(evidence.verified.at)}, ${evidence.verified.events} händelser`,
                ] as const,
              ]),
          ...(evidence.verified?.damage === undefined
            ? []
            : [['Fel', <code>{evidence.verified.damage}</code>] as const]),
        ]}
      />
      {evidence.witnesses.length === 0 ? (
        <p class="small muted">Inget vittne utanför kommunen är angivet.</p>
      ) : (
        <Table label="Vittnen" columns={['Vittne', 'Har sett', 'Stämmer'].map((words) => ({ words }))}>
          {evidence.witnesses.map(({ name, size, problem }) => (
            <Row key={name}>
              <RowHead>{name}</RowHead>
              <Cell label="Har sett">{size} händelser</Cell>
              <Cell>
                <span class={`status word ${problem === undefined ? 'ok' : problem === 'LATE' ? 'warn' : 'bad'}`}>
                  <StatusIcon
                    status={problem === undefined ? 'MET' : problem === 'LATE' ? 'WARNING' : 'BREACH'}
                    kind="STATUTORY"
                  />
                  <span>{problem === undefined ? 'Ja' : problem === 'LATE' ? 'Ligger efter' : 'Nej'}</span>
                </span>
              </Cell>
            </Row>
          ))}
        </Table>
      )}
    </div>
  );
}
