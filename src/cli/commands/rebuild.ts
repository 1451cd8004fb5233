import type { Command } from 'commander';
import type { ProjectionStatus } from '../../projections/status.js';
import type { Api } from '../api.js';
import { CommandFailure } from '../failure.js';
import { withService } from '../local-service.js';
import { inWords, progressOn } from '../progress.js';
import type { Terminal } from '../terminal.js';

const LOOK_EVERY_MS = 200;

export function addRebuild(program: Command, terminal: Terminal): void {
  program
    .command('rebuild')
    .argument('[name...]', 'the read models; all of them if none is named')
    .description(
      'build read models anew beside the live ones, which answer until the new ones take their place',
    )
    .action((names: string[]) => withService(terminal, 'admin', (api) => rebuild(terminal, api, names)));
}

async function rebuild(terminal: Terminal, api: Api, names: readonly string[]): Promise<void> {
  const known = (await projections(api)).map(({ name }) => name);
  const stranger = names.find((name) => !known.includes(name));
  if (stranger !== undefined)
    throw new CommandFailure(`there is no read model "${stranger}", only ${known.join(', ')}`);
  for (const name of names.length > 0 ? names : known) await rebuildOne(terminal, api, name);
}

async function rebuildOne(terminal: Terminal, api: Api, name: string): Promise<void> {
  await api.post(`/v1/projections/${encodeURIComponent(name)}/rebuild`);
  const progress = progressOn(terminal, name);
  try {
    for (
      let status = await statusOf(api, name);
      status.rebuild !== null;
      status = await statusOf(api, name)
    ) {
      const { done, total, secondsLeft, eventsPerSecond } = status.rebuild;
      const rate = eventsPerSecond === null ? '' : `${eventsPerSecond} facts/s`;
      const left = secondsLeft === null ? '' : `, ${inWords(secondsLeft)} left`;
      progress.show(done, total ?? done, rate + left);
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  } finally {
    progress.end();
  }
  const { parked } = await statusOf(api, name);
  terminal.out(
    `${name} is rebuilt${parked > 0 ? `; ${parked} cases could not be read and are parked` : ''}.`,
  );
}

const projections = async (api: Api): Promise<ProjectionStatus[]> =>
  (await api.get<{ items: ProjectionStatus[] }>('/v1/projections')).items;

async function statusOf(api: Api, name: string): Promise<ProjectionStatus> {
  const status = (await projections(api)).find((projection) => projection.name === name);
  if (!status) throw new CommandFailure(`the read model ${name} is gone`);
  return status;
}
