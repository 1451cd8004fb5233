import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { LawBook } from '../../cases/law-book.js';
import { Clock } from '../../clock.js';
import { Config } from '../../config.js';
import { databaseIn } from '../../database/open-database.js';
import { turnsAt } from '../../database/turn.js';
import { FolderFiles } from '../../files/folder-files.js';
import { Log, traceOf } from '../../log.js';
import { isPassing } from '../../projections/failures.js';
import { Alarm, supervise } from '../../projections/supervise.js';
import { Shutdown } from '../../shutdown.js';
import { IssueReport } from '../issued/issue-report.js';
import { IssuedReports } from '../issued/issued-reports.js';
import { ISSUED_PLACE } from '../issued/kept-cells.js';
import { ScheduleFigures } from './schedule-figures.js';
import { ScheduleRun } from './schedule-run.js';
import { ScheduledDocuments } from './scheduled-documents.js';

const LOOK_EVERY_MS = 60_000;
/** Who hands the documents on is of the group, and need not be the service. */
const RIGHTS = { folder: 0o750, file: 0o640 };

/** The schedule as part of a process that can issue reports: of several, one has its turn. */
@Injectable()
export class ScheduleService implements OnApplicationBootstrap {
  readonly #end = new AbortController();

  constructor(
    private readonly config: Config,
    private readonly issuing: IssueReport,
    private readonly issued: IssuedReports,
    private readonly figures: ScheduleFigures,
    private readonly book: LawBook,
    private readonly clock: Clock,
    private readonly log: Log,
    private readonly shutdown: Shutdown,
  ) {}

  /** Does not wait for it. */
  onApplicationBootstrap(): void {
    const { schedule } = this.config;
    if (!schedule || this.shutdown.hasBegun) return;
    const { signal } = this.#end;
    const onTrouble = (error: unknown): void =>
      this.log[isPassing(error) ? 'warn' : 'error'](traceOf(error), 'schedule not looked after');
    const takeTurn =
      turnsAt(databaseIn(this.config, ISSUED_PLACE), 'schedule') ?? ((ending, work) => work(ending));
    const documents = new ScheduledDocuments(new FolderFiles(schedule.folder, RIGHTS), schedule.languages);
    const work = (held: AbortSignal): Promise<void> =>
      this.#goOn(this.#runOf(schedule, documents), { signal: held, onTrouble });
    const ended = supervise(
      async () => {
        await takeTurn(signal, work).finally(() => this.figures.turnIsOver());
        return 'done';
      },
      { signal, onTrouble },
    );
    // A report that is being made is given up in the same phase.
    this.shutdown.during('stop subscriptions', () => {
      this.#end.abort();
      return ended;
    });
  }

  #runOf(schedule: NonNullable<Config['schedule']>, documents: ScheduledDocuments): ScheduleRun {
    const { issuing, issued, clock, log, figures } = this;
    const { timeZone } = this.book.law;
    const tell = ({ failing, complete }: { failing: number; complete: boolean }): void =>
      figures.tell(failing, complete ? clock.now() : undefined);
    return new ScheduleRun({ wanted: schedule, issuing, issued, documents, clock, timeZone, log, tell });
  }

  #goOn(
    run: ScheduleRun,
    supervision: { signal: AbortSignal; onTrouble: (error: unknown) => void },
  ): Promise<void> {
    const { signal } = supervision;
    const alarm = new Alarm(signal);
    return supervise(async (success) => {
      await run.look(signal);
      success();
      await alarm.pause(LOOK_EVERY_MS);
      return 'again';
    }, supervision);
  }
}
