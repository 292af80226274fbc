/** The injection token of the register that the server is a face of. */
export const REGISTER = Symbol('REGISTER');
