import { setTimeout as delay } from 'node:timers/promises';
import type { Identity } from '../facts/identity.js';
import { readOn } from '../facts/said-identities.js';
import { type IdentityClaim, identityClaim } from '../facts/search-terms.js';
import { type ControllersNumber, hasNumber, registeredAs, registrationsWith } from '../judgement/person/same-number.js';
import { httpProblems } from '../kernel/http/http-problems.js';
import { Problem } from '../kernel/http/problem.js';
import type { Claim } from '../kernel/privacy/key-store.js';
import type { StepRegister } from './step-register.js';

/** So long a registration waits for another that has claimed its number and is not in the log yet. */
const PATIENCE_MS = 10_000;
/** Whoever claimed a number so long ago and is not in the log was broken off: no call lives so long. */
const BROKEN_OFF_MS = 15 * 60_000;
const [SHORTEST_PAUSE_MS, LONGEST_PAUSE_MS] = [10, 200];

/** A number that a new registration is to have. */
export interface NumberToClaim extends ControllersNumber {
  /** Id of the new recipient. */
  readonly recipient: string;
}

/** Sees to it that a controller has one registration for a number. */
export class NumberClaims {
  constructor(private readonly register: Pick<StepRegister, 'store' | 'log' | 'keys' | 'clock'>) {}

  /**
   * Takes a number for a new recipient, before it is recorded: of any number of nodes that try it at once, one gets it.
   * @returns undefined when the number is the new recipient's now, else the recipient who has it already
   * @throws Problem OVERLOADED when another registration has claimed it and is not done yet
   */
  async take(wanted: NumberToClaim): Promise<string | undefined> {
    const { keys, clock } = this.register;
    const thing = claimOf(wanted);
    const own = { subject: wanted.recipient, at: clock.now() };
    for (;;) {
      const holder = (await this.otherHolder(wanted)) ?? (await keys.claim(thing, own));
      if (holder.subject === own.subject) break;
      if (await this.isOpenInTime(holder)) {
        if (await this.has(holder.subject, wanted)) return holder.subject;
      } else if (Date.parse(own.at) - Date.parse(holder.at) < BROKEN_OFF_MS) {
        throw new Problem(httpProblems.OVERLOADED, { headers: { 'retry-after': '10' } });
      }
      await keys.moveClaim(thing, holder, own);
    }
    const before = await this.registeredWith(wanted);
    if (before !== undefined) await keys.moveClaim(thing, own, { ...own, subject: before });
    return before;
  }

  /** Who has a number already, without taking it. */
  async holder(wanted: NumberToClaim): Promise<string | undefined> {
    const holder = await this.otherHolder(wanted);
    if (holder && (await this.has(holder.subject, wanted))) return holder.subject;
    return this.registeredWith(wanted);
  }

  private async otherHolder(wanted: NumberToClaim): Promise<Claim | undefined> {
    const [holder] = await this.register.keys.holders([claimOf(wanted)]);
    return holder?.subject === wanted.recipient ? undefined : holder;
  }

  /** Gives up what a recipient took who was not registered after all. */
  giveUp(recipient: string): Promise<void> {
    return this.register.keys.dropClaims(recipient, []);
  }

  /** Registrations of before numbers were claimed, and those that have the number beside whoever claimed it. */
  private async registeredWith(wanted: NumberToClaim): Promise<string | undefined> {
    const found = await registrationsWith(this.register, wanted);
    return found.find(({ recipient }) => recipient !== wanted.recipient)?.recipient;
  }

  /** Whether the holder is in the log, now or as soon as the registration that is under way is done. */
  private async isOpenInTime({ subject, at }: Claim): Promise<boolean> {
    const { store, clock } = this.register;
    const end = performance.now() + PATIENCE_MS;
    for (let pause = SHORTEST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      if ((await store.streamHead(`recipient-${subject}`)) !== undefined) return true;
      if (performance.now() >= end || Date.parse(clock.now()) - Date.parse(at) >= BROKEN_OFF_MS) return false;
      await delay(pause);
    }
  }

  private async has(recipient: string, wanted: NumberToClaim): Promise<boolean> {
    const registered = await registeredAs(this.register.log, recipient);
    return registered !== undefined && hasNumber(registered, wanted);
  }
}

/** The number that a registration gives a new recipient; none where it says that this is another person. */
export function numberOf(
  data: Readonly<Record<string, unknown>>,
  days: { readonly effectiveOn: string; readonly today: string },
): Pick<NumberToClaim, 'identity' | 'on'> | undefined {
  if (data['anotherPerson'] !== undefined) return undefined;
  return { identity: data['identity'] as Identity, on: readOn([days.effectiveOn], days.today, data['birthDate']) };
}

function claimOf({ controller, identity, on }: NumberToClaim): IdentityClaim {
  return identityClaim(controller, identity, on);
}
