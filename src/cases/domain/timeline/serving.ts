import type { Stretch } from './custody.js';
import type { Group } from './groups.js';
import type { WorldDay, WorldDetention } from './world.js';

interface Service {
  group: Group;
  served: number;
  /** The day its first day was served. */
  begun?: WorldDay;
  /** The day on which its last day was over; absent while days are left. */
  ended?: WorldDay;
  /** Days that follow each other, each serving it; those of an open start all lie before everything. */
  runs: { from: WorldDay; days: number }[];
}

export interface Serving {
  /** In serving order. */
  services: Service[];
  /** Days served; finite even where custody is not. */
  served: number;
  outstanding: number;
  /** The day the last group was served; absent while one is not, or without any. */
  over?: WorldDay;
  /** Detentions in which a day was served, with the day after the last such day. */
  within: Map<WorldDetention, WorldDay>;
}

/**
 * Walks custody in the order of days: each day under the administrative regime serves the first group, in serving order,
 * that has days left and whose credit has begun. Days before everything serve too: they end in the open part.
 */
export function serve(groups: readonly Group[], custody: readonly Stretch[]): Serving {
  const services: Service[] = groups.map((group) => ({ group, served: 0, runs: [] }));
  const within = new Map<WorldDetention, WorldDay>();
  // What is served out stays so: nobody need look at it again.
  let first = 0;
  for (const stretch of custody) {
    while (services[first]?.ended !== undefined) first++;
    if (first === services.length) break;
    if (stretch.regime === 'administrative') serveWithin(stretch, services, first, within);
  }
  const served = services.reduce((sum, service) => sum + service.served, 0);
  const toServe = groups.reduce((sum, { days }) => sum + days, 0);
  const over = services.every(({ ended }) => ended !== undefined)
    ? services.reduce((latest, { ended }) => Math.max(latest, ended!), -Infinity)
    : undefined;
  return {
    services,
    served,
    outstanding: toServe - served,
    within,
    ...(over !== undefined && services.length > 0 ? { over } : {}),
  };
}

function serveWithin(
  stretch: Stretch,
  services: readonly Service[],
  first: number,
  within: Map<WorldDetention, WorldDay>,
): void {
  let day = stretch.from;
  while (day < stretch.to) {
    // The groups before the one that is served may take over when their credit begins.
    let until = stretch.to;
    let serving: Service | undefined;
    for (let i = first; i < services.length; i++) {
      const service = services[i]!;
      if (service.ended !== undefined) continue;
      if (service.group.credit <= day) {
        serving = service;
        break;
      }
      until = Math.min(until, service.group.credit);
    }
    if (!serving) {
      day = until;
      continue;
    }
    const run = Math.min(serving.group.days - serving.served, until - day);
    serving.begun ??= day;
    serving.served += run;
    const last = serving.runs.at(-1);
    if (last && last.from + last.days === day) last.days += run;
    else serving.runs.push({ from: day, days: run });
    day += run;
    if (serving.served === serving.group.days) serving.ended = day;
    within.set(stretch.held, day);
  }
}
