/** The injection token of the access log; undefined where none is kept. */
export const ACCESS_LOG = Symbol('ACCESS_LOG');
