/** Where people sign in, are sent back to by the provider, and sign out; outside the API's path. */
export const LOGIN_PATH = '/logga-in';
export const ANSWER_PATH = '/logga-in/svar';
export const LOGOUT_PATH = '/logga-ut';

/** All addresses of the identity provider inside a demo begin with it. */
export const DEMO_PATH = '/demo';
