import { CASES } from '../../../src/cases/read-models/case-read-model.js';
import type { FreshPostgres } from '../../support/postgres.js';

/** A state of a build as it was committed. */
export interface Move {
  generation: number;
  state: string;
  step: number;
  position: string | null;
  /** Applied so far. */
  events: number;
}

/** Has the database itself note each state of the builds of the cases, in the transaction that commits it; not yet what is only asked for. */
export async function noteMoves(place: FreshPostgres, schema: string): Promise<void> {
  const statements = [
    `create table public.moves (
       no bigserial primary key, generation integer, state text, step integer, position text, events bigint)`,
    `create function public.note_move() returns trigger language plpgsql as $$
     begin
       insert into public.moves (generation, state, step, position, events)
       values (new.generation, new.state, new.step, new.position, new.events);
       return new;
     end $$`,
    `create trigger note_move after insert or update on ${schema}.projection_generations
     for each row when (new.projection = '${CASES}' and new.state <> 'requested') execute function public.note_move()`,
  ];
  for (const statement of statements) await place.ask(statement);
}

export const movesIn = async (place: FreshPostgres): Promise<Move[]> =>
  (await place.ask<Move>('select * from public.moves order by no')).map((move) => ({
    ...move,
    events: Number(move.events),
  }));

/**
 * What is wrong with a history of checkpoints. `before` says how many events of the store stand at a position or before it: so
 * many have to be applied there, each once.
 */
export function faultsIn(moves: readonly Move[], before: (position: string) => number): string[] {
  const faults: string[] = [];
  const last = new Map<number, Move>();
  let shown = '';
  for (const move of moves) {
    const { generation, state, step, events } = move;
    const position = move.position ?? '';
    const known = last.get(generation);
    const where = `build ${generation}, step ${step}`;
    if (known && step !== known.step + 1) faults.push(`${where}: follows step ${known.step}`);
    if (position < (known?.position ?? '')) faults.push(`${where}: goes back to ${position}`);
    if (events !== before(position)) faults.push(`${where}: ${events} of ${before(position)} events applied`);
    if (state === 'live' && position < shown) faults.push(`${where}: answers go back to ${position}`);
    if (state === 'live') shown = position;
    last.set(generation, move);
  }
  return faults;
}
