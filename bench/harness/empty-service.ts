import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { endsWithThis } from './child.js';

export interface EmptyService {
  url: string;
  stop(): Promise<void>;
}

/** Starts the rival in a process of its own, like the service. */
export async function startEmptyService(): Promise<EmptyService> {
  const child = fork(fileURLToPath(new URL('../rivals/empty-service.ts', import.meta.url)));
  endsWithThis(child);
  const [url] = (await once(child, 'message')) as [string];
  return {
    url,
    stop: async () => {
      child.kill();
      await once(child, 'exit');
    },
  };
}
