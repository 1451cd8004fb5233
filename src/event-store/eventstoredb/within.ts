/** The work took longer than it may. What it was doing may still happen. */
export class TimedOut extends Error {
  override readonly name = 'TimedOut';
}

/** The client waits for ever for a server that says nothing, so everything asked of it has a limit of our own. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimedOut(`no answer within ${ms} ms`)), ms);
  });
  // Whoever lost the race may still fail, with nobody listening.
  work.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
