/** An error as the server answers it: `ok: 0` with a code, and labels that tell the driver what to do. */
export class CommandError extends Error {
  constructor(
    readonly code: number,
    readonly codeName: string,
    message: string,
    readonly labels: readonly string[] = [],
  ) {
    super(message);
  }
}

export const duplicateKey = (index: string) =>
  new CommandError(11000, 'DuplicateKey', `E11000 duplicate key error, index: ${index}`);
export const badHint = () => new CommandError(2, 'BadValue', 'hint provided does not correspond to an existing index');
export const writeConflict = () =>
  new CommandError(112, 'WriteConflict', 'WriteConflict error', ['TransientTransactionError']);
export const noSuchTransaction = () =>
  new CommandError(251, 'NoSuchTransaction', 'the transaction was aborted', ['TransientTransactionError']);
export const notAReplicaSet = () =>
  new CommandError(20, 'IllegalOperation', 'Transaction numbers are only allowed on a replica set member or mongos');
export const noSnapshots = () =>
  new CommandError(123, 'NotAReplicaSet', 'node needs to be a replica set member to use readConcern: snapshot');
export const noSuchNamespace = () => new CommandError(26, 'NamespaceNotFound', 'ns does not exist');
export const notServed = (what: string) => new CommandError(59, 'CommandNotFound', `the double does not serve ${what}`);
export const tooLarge = () => new CommandError(10334, 'BSONObjectTooLarge', 'BSONObj size is invalid');
export const indexConflict = () =>
  new CommandError(86, 'IndexKeySpecsConflict', 'an existing index has the same name as the requested index');
export const outOfDiskSpace = () => new CommandError(14031, 'OutOfDiskSpace', 'No space left on device');
