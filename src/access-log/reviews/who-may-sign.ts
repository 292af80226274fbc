/** Somebody who looked, as far as it decides who may go through what she did. */
export interface ReviewedReader {
  /** Every id by which the register knows her: staff members and grants. */
  readonly ids: ReadonlySet<string>;
  /** She managed the unit, or looked as a manager. */
  readonly isManager: boolean;
  /** She looked as a samordnare, or is one. */
  readonly isSas: boolean;
}

/** Somebody who signs a review. */
export interface Signer {
  readonly ids: ReadonlySet<string>;
  readonly role: string;
}

/** Roles that sign reviews. */
const REVIEWERS = ['UNIT_MANAGER', 'SAS'] as const;

/**
 * Whether somebody may go through what another did: nobody what she did herself; what managers and samordnare did a
 * samordnare.
 */
export function mayReview({ ids, role }: Signer, reader: ReviewedReader): boolean {
  if ([...ids].some((id) => reader.ids.has(id))) return false;
  return role === 'SAS' || (role === 'UNIT_MANAGER' && !reader.isManager && !reader.isSas);
}

/**
 * Those whose looks nobody who may has gone through yet.
 * @param signers who has signed, each for all that she may go through
 */
export function leftToReview<R extends ReviewedReader>(readers: readonly R[], signers: readonly Signer[]): R[] {
  return readers.filter((reader) => !signers.some((signer) => mayReview(signer, reader)));
}

/** Whether a review is done: somebody has signed, and every look was gone through by who may. */
export function isReviewed(readers: readonly ReviewedReader[], signers: readonly Signer[]): boolean {
  return signers.some(({ role }) => isReviewer(role)) && leftToReview(readers, signers).length === 0;
}

/** Whether a signature would add something: somebody is left whom she may review, or nobody looked and nobody has signed. */
export function maySign(signer: Signer, readers: readonly ReviewedReader[], before: readonly Signer[]): boolean {
  if (!isReviewer(signer.role)) return false;
  const left = leftToReview(readers, before);
  return readers.length === 0 ? before.length === 0 : left.some((reader) => mayReview(signer, reader));
}

function isReviewer(role: string): boolean {
  return (REVIEWERS as readonly string[]).includes(role);
}
