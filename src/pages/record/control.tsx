import type { VNode } from 'preact';
import type { Field, Fields } from '../../kernel/event-sourcing/fields.js';
import { WrongIcon } from '../components/status.js';
import { capital } from '../words/state-words.js';
import { type FormValues, ROWS } from './form-fields.js';

/** One of what a field may name. */
export interface Option {
  readonly value: string;
  readonly words: string;
  /** What helps to choose among them. */
  readonly hint?: string;
}

/** What a form's fields are drawn from. */
export interface Drawing {
  readonly values: FormValues;
  /** What is wrong, by the path of the field. */
  readonly errors: ReadonlyMap<string, string>;
  /** What a field that names something may name, by what it names; absent where it is written out. */
  readonly options: (field: Field, path: string) => readonly Option[] | undefined;
}

/** Up to so many choices stand open beside each other; more are a list to choose from. */
const MOST_OPEN = 12;

/** The fields of a form, each a question with its control. */
export function Questions({
  fields,
  drawing,
  prefix = '',
}: {
  readonly fields: Fields;
  readonly drawing: Drawing;
  readonly prefix?: string;
}): VNode {
  return (
    <div>
      {Object.entries(fields).map(([name, field]) => (
        <Question key={name} field={field} path={`${prefix}${name}`} drawing={drawing} />
      ))}
    </div>
  );
}

/** The id of a field's control, so that the summary of errors leads to it. */
export function idOfField(path: string): string {
  return `f-${path.replace(/[^A-Za-z0-9]+/g, '-')}`;
}

function Question({
  field,
  path,
  drawing,
}: {
  readonly field: Field;
  readonly path: string;
  readonly drawing: Drawing;
}): VNode {
  const { form } = field;
  const label = labelOf(field, path);
  if (form.kind === 'part')
    return <PartQuestion field={field} fields={form.fields} path={path} drawing={drawing} label={label} />;
  if (form.kind === 'list' && form.of.form.kind === 'part')
    return <RowsQuestion field={field} fields={form.of.form.fields} path={path} drawing={drawing} label={label} />;
  return <OneQuestion field={field} path={path} drawing={drawing} label={label} />;
}

function labelOf({ traits }: Field, path: string): string {
  return traits.label === '' ? (path.split('.').at(-1) ?? path) : capital(traits.label);
}

function Hint({ field, path }: { readonly field: Field; readonly path: string }): VNode | null {
  const { description, optional } = field.traits;
  const asText = field.form.kind === 'date' ? 'År-månad-dag. ' : '';
  const oneALine = field.form.kind === 'list' && field.form.of.form.kind === 'text' ? 'En på varje rad. ' : '';
  const words = `${asText}${oneALine}${description}`.trim();
  return words === '' ? null : (
    <p class="hint" id={`${idOfField(path)}-hint`}>
      {words}
      {optional ? ' Frivilligt.' : ''}
    </p>
  );
}

/** What is wrong with a field, beside it, in the words of the summary. */
export function Wrong({ path, text }: { readonly path: string; readonly text: string }): VNode {
  return (
    <p class="error" id={`${idOfField(path)}-fel`}>
      <WrongIcon />
      <span>{text}</span>
    </p>
  );
}

interface QuestionProps {
  readonly field: Field;
  readonly path: string;
  readonly drawing: Drawing;
  readonly label: string;
}

function OneQuestion(props: QuestionProps): VNode {
  const { field, path, drawing, label } = props;
  const wrong = drawing.errors.get(path);
  const choices = choicesOf(field, path, drawing);
  const many = field.form.kind === 'list';
  const grouped = choices !== undefined && (many || choices.length <= MOST_OPEN);
  const classes = `question${wrong === undefined ? '' : ' wrong'}`;
  const described = [`${idOfField(path)}-hint`, ...(wrong === undefined ? [] : [`${idOfField(path)}-fel`])].join(' ');
  const inner = [
    <Hint key="hint" field={field} path={path} />,
    wrong === undefined ? null : <Wrong key="wrong" path={path} text={wrong} />,
  ];
  if (grouped)
    return (
      <fieldset class={classes} id={idOfField(path)} tabIndex={-1} aria-describedby={described}>
        <legend>{label}</legend>
        {inner}
        <Choices choices={choices} path={path} drawing={drawing} many={many} optional={field.traits.optional} />
      </fieldset>
    );
  return (
    <div class={classes}>
      <label for={idOfField(path)}>{label}</label>
      {inner}
      {choices === undefined ? (
        <Writing {...props} described={described} />
      ) : (
        <Selecting choices={choices} path={path} drawing={drawing} described={described} />
      )}
    </div>
  );
}

function choicesOf(field: Field, path: string, { options }: Drawing): readonly Option[] | undefined {
  const { form } = field.form.kind === 'list' ? field.form.of : field;
  if (form.kind === 'code')
    return Object.entries(form.codes).map(([value, words]) => ({ value, words: capital(words) }));
  if (form.kind === 'flag')
    return [
      { value: 'true', words: 'Ja' },
      { value: 'false', words: 'Nej' },
    ];
  return form.kind === 'id' ? options(field.form.kind === 'list' ? field.form.of : field, path) : undefined;
}

function Choices({
  choices,
  path,
  drawing: { values },
  many,
  optional,
}: {
  readonly choices: readonly Option[];
  readonly path: string;
  readonly drawing: Drawing;
  readonly many: boolean;
  readonly optional: boolean;
}): VNode {
  const chosen = values.getAll(path);
  const all = optional && !many ? [...choices, { value: '', words: 'Anges inte' }] : choices;
  if (all.length === 0) return <p>Det finns inget att välja.</p>;
  return (
    <div>
      {all.map(({ value, words, hint }, at) => {
        const id = `${idOfField(path)}-${at}`;
        const checked = chosen.includes(value) || (value === '' && chosen.length === 0);
        return (
          <div class="choice" key={value}>
            <input type={many ? 'checkbox' : 'radio'} id={id} name={path} value={value} checked={checked} />
            <div>
              <label for={id}>{words}</label>
              {hint === undefined ? null : <p class="hint">{hint}</p>}
            </div>
          </div>
        );
      })}
    </div>
  );
}

function Selecting({
  choices,
  path,
  drawing: { values },
  described,
}: {
  readonly choices: readonly Option[];
  readonly path: string;
  readonly drawing: Drawing;
  readonly described: string;
}): VNode {
  const chosen = values.get(path) ?? '';
  return (
    <select id={idOfField(path)} name={path} aria-describedby={described}>
      <option value="">Välj</option>
      {choices.map(({ value, words, hint }) => (
        <option key={value} value={value} selected={value === chosen}>
          {hint === undefined ? words : `${words} (${hint})`}
        </option>
      ))}
    </select>
  );
}

/** Texts that are short although they are sealed. */
const SHORT_SEALED = /(^|\.)(name|person|value|canonical|birthDate)$/;

function Writing({
  field,
  path,
  drawing: { values, errors },
  described,
}: QuestionProps & { readonly described: string }): VNode {
  const { form, traits } = field;
  const common = {
    id: idOfField(path),
    name: path,
    'aria-describedby': described,
    'aria-invalid': errors.has(path) ? ('true' as const) : undefined,
  };
  const value = values.get(path) ?? '';
  const long =
    form.kind === 'list' || (form.kind === 'text' && traits.sealed && !SHORT_SEALED.test(path.replace(/\[\d+\]/g, '')));
  if (long)
    return (
      <textarea {...common} rows={form.kind === 'list' ? 3 : 4}>
        {value}
      </textarea>
    );
  const narrow = form.kind === 'date' ? 'day' : form.kind === 'whole' || form.kind === 'version' ? 'short' : undefined;
  return (
    <input
      {...common}
      type="text"
      class={narrow}
      value={value}
      inputMode={form.kind === 'whole' ? 'numeric' : undefined}
      autoComplete="off"
      maxLength={form.kind === 'text' ? (form.limits.longest ?? 2_000) : 200}
    />
  );
}

function PartQuestion({ field, fields, path, drawing, label }: QuestionProps & { readonly fields: Fields }): VNode {
  const questions = <Questions fields={fields} drawing={drawing} prefix={`${path}.`} />;
  const wrong = drawing.errors.get(path);
  if (!field.traits.optional)
    return (
      <fieldset class={`question${wrong === undefined ? '' : ' wrong'}`} id={idOfField(path)} tabIndex={-1}>
        <legend>{label}</legend>
        <Hint field={field} path={path} />
        {wrong === undefined ? null : <Wrong path={path} text={wrong} />}
        <div class="inset">{questions}</div>
      </fieldset>
    );
  const filled = Object.keys(fields).some((name) => hasValue(drawing, `${path}.${name}`));
  return (
    <details class="question" open={filled || wrong !== undefined} id={idOfField(path)}>
      <summary>{label}</summary>
      <Hint field={field} path={path} />
      {wrong === undefined ? null : <Wrong path={path} text={wrong} />}
      <div class="inset">{questions}</div>
    </details>
  );
}

function hasValue({ values, errors }: Drawing, path: string): boolean {
  return values.getAll(path).some((value) => value !== '') || [...errors.keys()].some((at) => at.startsWith(path));
}

function RowsQuestion({ field, fields, path, drawing, label }: QuestionProps & { readonly fields: Fields }): VNode {
  const wrong = drawing.errors.get(path);
  const rows = Array.from({ length: ROWS }, (_, at) => `${path}[${at}]`);
  const filled = rows.findLastIndex((row) => Object.keys(fields).some((name) => hasValue(drawing, `${row}.${name}`)));
  const open = Math.max(2, filled + 1);
  const rowOf = (row: string, at: number): VNode => (
    <fieldset key={row} class="inset">
      <legend class="small">
        {label}, {at + 1}
      </legend>
      <Questions fields={asSelects(fields)} drawing={drawing} prefix={`${row}.`} />
    </fieldset>
  );
  return (
    <fieldset class={`question${wrong === undefined ? '' : ' wrong'}`} id={idOfField(path)} tabIndex={-1}>
      <legend>{label}</legend>
      <Hint field={field} path={path} />
      {wrong === undefined ? null : <Wrong path={path} text={wrong} />}
      {rows.slice(0, open).map(rowOf)}
      {open < ROWS ? (
        <details>
          <summary>Fler</summary>
          {rows.slice(open).map((row, at) => rowOf(row, at + open))}
        </details>
      ) : null}
    </fieldset>
  );
}

/** In a row nothing has to be filled in: a row that is empty is not there. */
function asSelects(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.optional()]));
}
