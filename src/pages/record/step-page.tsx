import type { VNode } from 'preact';
import type { ToldEntry } from '../history/told-entry.js';
import type { StepPreview } from '../../recording/step-command.js';
import { Head } from '../components/head.js';
import { Panel } from '../components/panel.js';
import { Csrf, Document } from '../html/document.js';
import type { Fields } from '../../kernel/event-sourcing/fields.js';
import type { Visitor } from '../visitor.js';
import { civil, longDay } from '../../kernel/time/swedish-dates.js';
import { type Drawing, idOfField, Questions, Wrong } from './control.js';
import { Effects } from './effects.js';
import type { FormValues } from './form-fields.js';
import type { Subject } from './subject.js';

/** What is wrong with a form: with one of its fields, or with the whole. */
export interface FormError {
  readonly path?: string;
  readonly text: string;
}

export interface StepPageProps {
  readonly title: string;
  readonly summary: string;
  readonly routine: readonly string[];
  readonly action: string;
  readonly subject: Subject;
  readonly fields: Fields;
  /** The fields of what is corrected, where that is what the form is about. */
  readonly corrected?: Fields;
  readonly dayIsData: boolean;
  readonly values: FormValues;
  readonly errors: readonly FormError[];
  readonly options: Drawing['options'];
  readonly preview?: StepPreview;
  /** What others wrote since the form was opened. */
  readonly meanwhile?: readonly ToldEntry[];
  /** It is late: the form asks why. */
  readonly asksWhyLate: boolean;
  /** What the form sends besides. */
  readonly hidden: Readonly<Record<string, string>>;
  readonly visitor: Visitor;
}

/** The form of a step: the questions, what the answers do before anything is saved, what the routine says. */
export function StepPage(props: StepPageProps): VNode {
  const { title, subject, errors, visitor, preview, meanwhile, routine, summary } = props;
  const wrong = errors.length > 0;
  return (
    <Document title={`${wrong ? 'Fel: ' : ''}${title}`} place="units" visitor={visitor}>
      <Head panel title={title} crumbs={subject.crumbs}>
        <p class="small muted">{subject.name}</p>
        <p>{summary}</p>
      </Head>
      <div class="wrap cols form">
        <div>
          {wrong ? <Summary errors={errors} /> : null}
          {meanwhile === undefined ? null : <Conflict meanwhile={meanwhile} back={subject.back} />}
          <FormPanel {...props} />
        </div>
        <div class="stack">
          {wrong ? (
            <Panel title="Det här gör ditt val" beside={<span class="tag">inte sparat än</span>}>
              <div class="body">
                <p>Visas när uppgifterna är rättade.</p>
              </div>
            </Panel>
          ) : (
            <Effects preview={preview} title={meanwhile === undefined ? 'Det här gör ditt val' : 'Om du sparar ändå'} />
          )}
          {routine.length === 0 ? null : (
            <Panel title="Ur rutinen">
              <div class="body prose small">
                {routine.map((text) => (
                  <p key={text}>{text}</p>
                ))}
              </div>
            </Panel>
          )}
        </div>
      </div>
    </Document>
  );
}

const NUMBERS = ['Inget', 'En uppgift', 'Två uppgifter', 'Tre uppgifter', 'Fyra uppgifter', 'Fem uppgifter'];

function Summary({ errors }: { readonly errors: readonly FormError[] }): VNode {
  const fields = errors.filter(({ path }) => path !== undefined).length;
  const count = NUMBERS[fields] ?? `${fields} uppgifter`;
  return (
    <div class="summary" role="alert" tabIndex={-1} data-summary>
      <h2>{fields === 0 ? 'Det går inte att spara så här' : `${count} behöver rättas`}</h2>
      <ul>
        {errors.map(({ path, text }) => (
          <li key={`${path ?? ''} ${text}`}>
            {path === undefined ? text : <a href={`#${idOfField(path)}`}>{text}</a>}
          </li>
        ))}
      </ul>
      <p class="small muted">Inget är sparat. Det du har skrivit står kvar.</p>
    </div>
  );
}

function Conflict({ meanwhile, back }: { readonly meanwhile: readonly ToldEntry[]; readonly back: string }): VNode {
  return (
    <div class="conflict" role="alert" tabIndex={-1} data-summary>
      <h2>Någon annan skrev medan du höll på</h2>
      <ul class="dated">
        {meanwhile.map(({ entry, heading, what, day }) => (
          <li key={entry.eventId}>
            <span>{civil(entry.recordedAt).time}</span>
            <span>
              <strong>{heading}</strong>
              <br />
              <span class="small muted">
                Gäller från {longDay(day)}. {what}
              </span>
            </span>
          </li>
        ))}
      </ul>
      <p>Ditt val är inte sparat. Det står kvar här nedanför.</p>
      <p class="buttons">
        <a class="button primary" href={back}>
          Avbryt och läs
        </a>
      </p>
    </div>
  );
}

function FormPanel(props: StepPageProps): VNode {
  const {
    action,
    fields,
    corrected,
    dayIsData,
    values,
    errors,
    options,
    asksWhyLate,
    hidden,
    visitor,
    subject,
    meanwhile,
  } = props;
  const drawing: Drawing = {
    values,
    errors: new Map(errors.flatMap(({ path, text }) => (path === undefined ? [] : [[path, text]]))),
    options,
  };
  return (
    <form class="panel" method="post" action={action} data-guarded={errors.length > 0 ? 'changed' : ''} noValidate>
      <div class="body">
        <Csrf visitor={visitor} />
        {Object.entries(hidden).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <Questions fields={fields} drawing={drawing} />
        {corrected === undefined ? null : (
          <fieldset class="question">
            <legend>Rätta uppgifter</legend>
            <p class="hint">Ändra det som är fel. Det du inte ändrar står kvar som det är.</p>
            <div class="inset">
              <Questions fields={corrected} drawing={drawing} prefix="data." />
            </div>
          </fieldset>
        )}
        {dayIsData ? null : <DayQuestion drawing={drawing} />}
        {asksWhyLate ? <LateQuestion drawing={drawing} /> : null}
        <div class="question buttons">
          {visitor.signedIn ? (
            <button class={meanwhile === undefined ? 'primary' : ''} type="submit" name="gor" value="spara">
              {meanwhile === undefined ? 'Spara' : 'Spara ändå'}
            </button>
          ) : null}
          <button type="submit" name="gor" value="visa">
            Visa vad det gör
          </button>
          <a class="button plain" href={subject.back}>
            Avbryt
          </a>
        </div>
        {visitor.signedIn ? null : (
          <p class="small muted">
            Ingen är inloggad, så inget kan sparas. Starta servern med <code>AUTH=demo npm start</code> för att logga
            in.
          </p>
        )}
      </div>
    </form>
  );
}

function DayQuestion({ drawing: { values, errors } }: { readonly drawing: Drawing }): VNode {
  const wrong = errors.get('effectiveOn');
  return (
    <div class={wrong === undefined ? 'question' : 'question wrong'}>
      <label for={idOfField('effectiveOn')}>Vilken dag?</label>
      <p class="hint" id={`${idOfField('effectiveOn')}-hint`}>
        År-månad-dag. Dagen då det började eller börjar gälla. När något avslutas: den första dagen då det inte längre
        gäller.
      </p>
      {wrong === undefined ? null : <Wrong path="effectiveOn" text={wrong} />}
      <input
        class="day"
        type="text"
        id={idOfField('effectiveOn')}
        name="effectiveOn"
        value={values.get('effectiveOn') ?? ''}
        aria-describedby={`${idOfField('effectiveOn')}-hint`}
        maxLength={10}
        autoComplete="off"
      />
    </div>
  );
}

function LateQuestion({ drawing: { values, errors } }: { readonly drawing: Drawing }): VNode {
  const wrong = errors.get('lateReason');
  return (
    <div class={wrong === undefined ? 'question' : 'question wrong'}>
      <label for={idOfField('lateReason')}>Varför registreras det så sent?</label>
      <p class="hint" id={`${idOfField('lateReason')}-hint`}>
        Dagen ligger längre tillbaka än kommunen räknar som i tid. Det är vanligt och inget fel; skälet sparas.
      </p>
      {wrong === undefined ? null : <Wrong path="lateReason" text={wrong} />}
      <textarea
        id={idOfField('lateReason')}
        name="lateReason"
        rows={3}
        aria-describedby={`${idOfField('lateReason')}-hint`}
      >
        {values.get('lateReason') ?? ''}
      </textarea>
      <input type="hidden" name="fragad" value="ja" />
    </div>
  );
}
