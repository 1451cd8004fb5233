import type { Position } from '../../event-store/event-store.js';
import type { Draft, Gathering, GatheringOrder, Progress } from '../gathering/gathering.js';
import {
  isOfToday,
  questionKey,
  type RegisterState,
  type ReportQuestion,
} from '../gathering/report-question.js';
import { KeptDrafts } from './kept-drafts.js';
import { Lane } from './lane.js';

/** One that is made and others in line. */
const MOST_IN_HAND = 8;
const MOST_KEPT = 64;
/** Who was sent away before it was settled of which state the report would be comes back for it as one of today. */
const COLLECTED_WITHIN_MS = 60_000;
const MOST_CHARACTERS = 16 * 2 ** 20;

/** `state`: once it is settled; then the report is to be had for that state, and of today's nothing else is kept. */
export type Asked = { draft: Draft } | { underWay: Progress & { state?: RegisterState } };

interface Work {
  progress: Progress;
  state?: RegisterState;
  draft: Promise<Draft>;
  waiting: number;
  /** Somebody was sent away with no other address than the one he had. */
  isExpected: boolean;
}

/** Where reports are asked for: who asks the same shares the work, and what is made for somebody who has gone meanwhile is kept. */
export class ReportDesk {
  readonly #works = new Map<string, Work>();
  readonly #kept = new KeptDrafts(MOST_KEPT, MOST_CHARACTERS);
  /** Of today, for those who were sent away too soon; each is handed out once. */
  readonly #expected = new Map<string, Draft>();
  /** What nobody was there to hear. */
  readonly #failures = new Map<string, unknown>();
  /** What comes from the read model is done in seconds, and does not wait behind what is not. */
  readonly #lanes = { ofToday: new Lane(MOST_IN_HAND), ofBefore: new Lane(MOST_IN_HAND) };
  readonly #end = new AbortController();

  constructor(
    private readonly gathering: Gathering,
    /** So long somebody who asks waits before he is told how far it is. */
    private readonly patienceMs: number,
  ) {}

  /**
   * `minPosition`: what the answer must know of. Throws what the work failed with, and `reports-busy`.
   */
  async ask(
    question: ReportQuestion,
    { minPosition = '', ...more }: { minPosition?: Position } & Omit<GatheringOrder, 'question'> = {},
  ): Promise<Asked> {
    const key = questionKey(question);
    const draft = this.#kept.find(key) ?? this.#collected(key, minPosition);
    if (draft) return { draft };
    if (this.#failures.has(key)) throw this.#heard(key);
    const known = this.#works.get(key);
    // What is of today was begun a while ago, and may not know what the asker has just recorded.
    const isFresh = known && (!known.state || known.state.position >= minPosition);
    return this.#wait(isFresh ? known : this.#begin({ question, ...more }, key));
  }

  /** Gives up what is being made. */
  close(): void {
    this.#end.abort(new Error('the service ends'));
  }

  async #wait(work: Work): Promise<Asked> {
    work.waiting += 1;
    try {
      const draft = await within(this.patienceMs, work.draft);
      if (draft) return { draft };
      work.isExpected ||= !work.state;
      return { underWay: { ...work.progress, state: work.state } };
    } finally {
      work.waiting -= 1;
    }
  }

  #begin(order: GatheringOrder, asked: string): Work {
    const { question } = order;
    const ofToday = isOfToday(question);
    const key = (): string => (ofToday && work.state ? questionKey({ ...question, ...work.state }) : asked);
    const began = (state: RegisterState): void => {
      work.state = state;
      this.#works.set(key(), work);
    };
    const progress = (soFar: Progress): void => {
      work.progress = soFar;
    };
    const work: Work = {
      progress: { done: 0 },
      waiting: 0,
      isExpected: false,
      draft: this.#lanes[ofToday ? 'ofToday' : 'ofBefore'].take(() =>
        this.gathering.gather(order, { began, progress }, this.#end.signal),
      ),
    };
    this.#works.set(asked, work);
    void this.#finish(work, asked, key);
    return work;
  }

  /** Never rejects. `key`: by what it is known in the end. */
  async #finish(work: Work, asked: string, key: () => string): Promise<void> {
    try {
      const draft = await work.draft;
      this.#kept.keep(key(), draft);
      if (key() !== asked && work.isExpected) this.#expect(asked, draft);
    } catch (reason) {
      if (work.waiting === 0) this.#fail(key(), reason);
    }
    for (const one of [asked, key()]) if (this.#works.get(one) === work) this.#works.delete(one);
  }

  #expect(key: string, draft: Draft): void {
    this.#expected.set(key, draft);
    setTimeout(() => {
      if (this.#expected.get(key) === draft) this.#expected.delete(key);
    }, COLLECTED_WITHIN_MS).unref();
  }

  #collected(key: string, minPosition: Position): Draft | undefined {
    const draft = this.#expected.get(key);
    this.#expected.delete(key);
    return draft && draft.position >= minPosition ? draft : undefined;
  }

  #fail(key: string, reason: unknown): void {
    this.#failures.set(key, reason);
    const [oldest] = this.#failures.keys();
    if (this.#failures.size > MOST_KEPT && oldest !== undefined) this.#failures.delete(oldest);
  }

  /** Told once: whoever asks then has it tried again. */
  #heard(key: string): unknown {
    const reason = this.#failures.get(key);
    this.#failures.delete(key);
    return reason;
  }
}

/** Undefined if it takes longer. */
async function within<T>(ms: number, promise: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
