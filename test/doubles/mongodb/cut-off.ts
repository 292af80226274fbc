import { type FakeMongoDB, type Fate, isSessionKeeping } from './fake-mongodb.js';

/**
 * Serves that many commands of the work, then nothing; greetings and the ending of sessions are not counted and always
 * served.
 * @param fate of the first command that is not served
 * @returns what the work failed with, undefined when it needed no more commands than that
 */
export async function cutOffAfter(
  double: FakeMongoDB,
  served: number,
  fate: Fate,
  work: () => Promise<unknown>,
): Promise<unknown> {
  let left = served;
  double.fate = (name) => {
    if (isSessionKeeping(name)) return 'served';
    left -= 1;
    return left >= 0 ? 'served' : left === -1 ? fate : 'lost';
  };
  try {
    await work();
    return undefined;
  } catch (error) {
    return error;
  } finally {
    double.fate = () => 'served';
  }
}
