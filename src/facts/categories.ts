/** The categories of stream; they stand in the names of the streams. */
export const CONTROLLER = 'controller';
export const UNIT = 'unit';
export const POLICY = 'policy';
export const STAFF = 'staff';
export const RECIPIENT = 'recipient';
export const CARE_EPISODE = 'careEpisode';
export const GRANT = 'grant';
export const INSPECTION = 'inspection';
export const LOG_REVIEW = 'logReview';

/** What an entry brings into being inside its stream, by an id of its own. */
export const OFFER = 'offer';
export const ASSIGNMENT = 'assignment';
export const PLAN = 'plan';
export const CONSENT = 'consent';
export const REPRESENTATIVE = 'representative';
export const CHANGE_REQUEST = 'changeRequest';
export const FUNDS_AGREEMENT = 'fundsAgreement';
