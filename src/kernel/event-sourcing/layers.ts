type Data = Readonly<Record<string, unknown>>;

/** The field in which a correction holds the right data. */
export const CORRECTED_DATA = 'data';

/** What is needed of an entry to see its layers. */
export interface Layered {
  readonly type: string;
  readonly data: Data;
  /** Of a correction with data: the type that it corrects, then the type that one corrects, and so on. */
  readonly correctedTypes?: readonly string[];
}

/** Data together with the type whose form they have. */
export interface Layer {
  readonly type: string;
  readonly data: Data;
  /** What stands before the paths of its fields: empty, or `data.` for every correction around it. */
  readonly prefix: string;
}

/**
 * An entry's data and, inside a correction, the data it puts in place, which have the form of what it corrects, and so
 * on down. From the outside in; never empty.
 */
export function layersOf({ type, data, correctedTypes }: Layered): readonly Layer[] {
  const layers: Layer[] = [{ type, data, prefix: '' }];
  let prefix = '';
  let inner: unknown = data;
  for (const corrected of correctedTypes ?? []) {
    inner = (inner as Data)[CORRECTED_DATA];
    if (!isData(inner)) break;
    prefix += `${CORRECTED_DATA}.`;
    layers.push({ type: corrected, data: inner, prefix });
  }
  return layers;
}

/**
 * The data of an entry with every layer as `change` makes it, from the outside in.
 * @returns the same object where nothing was changed
 */
export function changeLayers({ type, data, correctedTypes = [] }: Layered, change: (layer: Layer) => Data): Data {
  const changed = (layer: Layer, [corrected, ...deeper]: readonly string[]): Data => {
    const own = change(layer);
    const inner = own[CORRECTED_DATA];
    if (corrected === undefined || !isData(inner)) return own;
    const next = changed({ type: corrected, data: inner, prefix: `${layer.prefix}${CORRECTED_DATA}.` }, deeper);
    return next === inner ? own : { ...own, [CORRECTED_DATA]: next };
  };
  return changed({ type, data, prefix: '' }, correctedTypes);
}

function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
