/**
 * To be imported before the client is: where `DEBUG` names it, it prints what it is called with, connection strings and
 * their passwords too. The variable goes on holding for everybody else, and in threads.
 */
const { DEBUG } = process.env;
if (DEBUG) process.env['DEBUG'] = `${DEBUG},-esdb*`;
