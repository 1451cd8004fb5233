import type { Caseworker, Recorded } from '../../support/caseworker.js';
import type { Notebook } from './notebook.js';

interface Command {
  path: string;
  body: object;
}

/**
 * Somebody whose program records one person after the other, each command with a key of its own. What gets no answer is repeated
 * before anything else is sent.
 */
export class Caller {
  readonly #course: Generator<Command, never, Recorded>;
  #next: Command;
  #sent = 0;

  constructor(
    private readonly name: string,
    sharedCaseId: string,
    private readonly notebook: Notebook,
  ) {
    this.#course = lives(sharedCaseId);
    this.#next = this.#course.next().value;
  }

  /** Sends command after command, until one gets no answer. */
  async work(caseworker: Caseworker, sending: () => void): Promise<void> {
    for (;;) {
      const answered = this.sendOnce(caseworker);
      sending();
      try {
        await answered;
      } catch (error) {
        // What `fetch` says of a cut connection; an answer that is a refusal is none.
        if ((error as Error).name === 'TypeError') return;
        throw error;
      }
    }
  }

  /** Sends the command that is due, whether it was sent before or not. */
  async sendOnce(caseworker: Caseworker): Promise<Recorded> {
    const { path, body } = this.#next;
    const key = `${this.name} ${this.#sent}`;
    const answer = await caseworker.record(path, body, { 'idempotency-key': key });
    this.notebook.acknowledged(answer);
    this.#sent += 1;
    this.#next = this.#course.next(answer).value;
    return answer;
  }
}

/** Commands that are all taken in this order, however often the service dies between them. */
function* lives(sharedCaseId: string): Generator<Command, never, Recorded> {
  for (let person = 0; ; person += 1) {
    const opening = { person: { names: [{ form: `Person ${person}` }], roles: ['protester'] } };
    const { caseId } = yield { path: '', body: opening };
    for (const month of ['2019-05', '2019-08', '2019-11']) {
      const arrested = yield { path: `/${caseId}/arrests`, body: { at: `${month}-02` } };
      const held = { detentionId: arrested.ids['detentionId'] };
      yield { path: `/${caseId}/charges`, body: { at: `${month}-02`, ...held } };
      const decision = {
        at: `${month}-03`,
        outcome: 'penalised',
        penalties: [{ kind: 'sentence', days: 9 }],
      };
      yield { path: `/${caseId}/decisions`, body: decision };
      const fine = { at: `${month}-03`, amount: { value: '510.00', currency: 'BYN' } };
      const fined = yield { path: `/${caseId}/fines`, body: fine };
      yield { path: `/${sharedCaseId}/notes`, body: { text: `of person ${person}` } };
      const payment = { at: `${month}-20`, amount: { value: '110.00', currency: 'BYN' }, by: 'family' };
      yield { path: `/${caseId}/penalties/${fined.ids['penaltyId']}/payments`, body: payment };
      yield { path: `/${caseId}/counsel-denials`, body: { at: `${month}-02`, ...held } };
      yield {
        path: `/${caseId}/releases`,
        body: { at: `${month}-12`, basis: 'term_served', conditional: false, ...held },
      };
    }
  }
}
