import type { VNode } from 'preact';
import { Head } from '../components/head.js';
import { Panel } from '../components/panel.js';
import { StatusBadge } from '../components/status.js';
import { Document } from '../html/document.js';
import type { Visitor } from '../visitor.js';

/** What somebody who has never seen the pages needs to know. */
export function HelpPage({ visitor }: { readonly visitor: Visitor }): VNode {
  return (
    <Document title="Hjälp" place="help" visitor={visitor}>
      <Head title="Hjälp">
        <p class="lede">Så läser du sidorna, och så registrerar du det som rutinen kräver.</p>
      </Head>
      <div class="wrap stack">
        <Panel title="Tecknen">
          <div class="body prose">
            <p>
              <StatusBadge status="BREACH" kind="STATUTORY" lack="Brist mot lagen" />: något som socialtjänstlagen
              kräver saknas. Lagen kräver att fast omsorgskontakt erbjuds, och att den som utses har rätt titel.
            </p>
            <p>
              <StatusBadge status="BREACH" kind="LOCAL" lack="Brist mot kommunens rutin" />: något som kommunen själv
              har bestämt saknas, till exempel att planen är uppföljd i tid.
            </p>
            <p>
              <StatusBadge status="WARNING" kind="LOCAL" />: något bör ses över, men fristen har inte nödvändigtvis gått
              ut.
            </p>
            <p>
              <StatusBadge status="DUE" kind="LOCAL" />: det är inte gjort än, och det finns tid kvar.
            </p>
            <p>
              <StatusBadge status="MET" kind="LOCAL" />: det är gjort.
            </p>
          </div>
        </Panel>
        <Panel title="Hitta den som saknar något">
          <div class="body prose">
            <p>
              Öppna din enhet. Listan börjar med dem som har en brist mot lagen, den äldsta först. Välj en ruta ovanför
              listan för att bara se dem som saknar en viss sak. Klicka på namnet för att se personen.
            </p>
            <p>
              Sök en person med hela personnumret eller med hela ord ur namnet. Det du söker på sparas inte i någon
              adress.
            </p>
          </div>
        </Panel>
        <Panel title="Två tider: dagen, och vad vi visste">
          <div class="body prose">
            <p>
              Allt i registret har två tider: dagen då det gällde, och tidpunkten då det registrerades. Under{' '}
              <em>Då och nu</em> på en persons sida väljer du båda, och ser vad registret svarade då, vad det svarar i
              dag och vilka händelser som gör skillnaden.
            </p>
            <p>Inget skrivs över. Det som var fel rättas, och både det gamla och det rätta står kvar.</p>
          </div>
        </Panel>
        <Panel title="Registrera">
          <div class="body prose">
            <p>
              Varje brist har en knapp som leder till det som rättar den. Innan du sparar visar sidan vad det du har
              valt gör: vad som uppfylls, vad som ska göras härnäst och vad som fortfarande saknas.
            </p>
            <p>
              Registrerar du något som hände för mer än en vecka sedan frågar sidan varför. Det är vanligt och inget
              fel; skälet sparas.
            </p>
            <p>
              Har någon annan registrerat något medan du skrev visas det, och det du har skrivit står kvar. Du väljer
              själv om du vill spara ändå.
            </p>
          </div>
        </Panel>
        <Panel title="Så behandlas uppgifterna" id="uppgifterna">
          <div class="body prose">
            <p>
              Registret är till för att följa upp fast omsorgskontakt enligt 10 kap. 7 § socialtjänstlagen (2025:400).
              Den som är inloggad ser bara det som hör till uppdraget, och varje öppning av en persons uppgifter loggas.
            </p>
            <p>
              Namn, nummer och fri text är krypterade i loggen med en nyckel för varje person. När uppgifterna gallras
              förstörs nyckeln.
            </p>
          </div>
        </Panel>
      </div>
    </Document>
  );
}
