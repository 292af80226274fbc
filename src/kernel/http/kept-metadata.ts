import { getMetadataStorage, type MetadataStorage } from 'class-validator';

type Metadata = ReturnType<MetadataStorage['getTargetValidationMetadatas']>;
type ByProperty = ReturnType<MetadataStorage['groupByPropertyName']>;

const keeping = new WeakSet<MetadataStorage>();

/**
 * Keeps what class-validator knows of each class: by itself it works that out anew for every object it checks, from the
 * declarations of the whole program. What is declared later is still seen. Called twice, it does nothing more.
 */
export function keepMetadata(storage: MetadataStorage = getMetadataStorage()): void {
  if (keeping.has(storage)) return;
  keeping.add(storage);
  let ofClass = new WeakMap<object, Metadata>();
  const grouped = new WeakMap<Metadata, ByProperty>();
  const add = storage.addValidationMetadata.bind(storage);
  const workOut = storage.getTargetValidationMetadatas.bind(storage);
  const group = storage.groupByPropertyName.bind(storage);
  storage.addValidationMetadata = (metadata) => {
    ofClass = new WeakMap();
    add(metadata);
  };
  storage.getTargetValidationMetadatas = (target, ...rest) => {
    const [, always, strictGroups, groups] = rest;
    // Groups choose among what a class declares. Nothing of ours has any.
    if (always || strictGroups || groups?.length) return workOut(target, ...rest);
    return keptIn(ofClass, target, () => workOut(target, ...rest));
  };
  storage.groupByPropertyName = (metadata) => keptIn(grouped, metadata, () => group(metadata));
}

function keptIn<K extends object, V>(map: WeakMap<K, V>, key: K, workOut: () => V): V {
  const known = map.get(key) ?? workOut();
  map.set(key, known);
  return known;
}
