import { describe, expect, it } from '@jest/globals';
import { HabeasError } from '../errors.js';
import { EventDamaged } from '../ledger/event-damaged.js';
import { describeFailure, isPassing } from './failures.js';

const failing = (fields: object): Error => Object.assign(new Error('Dzmitry'), fields);
const fromSqlite = (errcode: number) => failing({ code: 'ERR_SQLITE_ERROR', errcode });
const fromPostgres = (code: string) => failing({ code, severity: 'ERROR' });

describe('a failure while rows are written', () => {
  it.each([
    ['a full disk', fromSqlite(13)],
    ['a file in use', fromSqlite(5)],
    ['a table that is not there', fromSqlite(1)],
    ['a table that is not there', fromPostgres('42P01')],
    ['a right that is missing', fromPostgres('42501')],
    ['a broken index', fromPostgres('XX002')],
    ['a broken connection', failing({ code: 'ECONNRESET' })],
    ['a database that is away', new HabeasError('unavailable', 'database-unavailable', 'away')],
    ['a commit without an answer', new HabeasError('outcome_unknown', 'outcome-unknown', 'who knows')],
    ['a full database', new HabeasError('storage_full', 'database-full', 'full')],
  ])('is waited out if it has nothing to do with them: %s', (_, error) =>
    expect(isPassing(error)).toBe(true),
  );

  it.each([
    ['too big', fromSqlite(18)],
    ['against a constraint', fromSqlite(19 | (8 << 8))],
    ['of the wrong type', fromSqlite(20)],
    ['there already', fromPostgres('23505')],
    ['null', fromPostgres('23502')],
    ['text with NUL', fromPostgres('22021')],
    ['a number out of range', fromPostgres('22003')],
    ['too long for an index', fromPostgres('54000')],
    ['no integer', new RangeError('Dzmitry')],
    [
      'made of an event that cannot be read',
      new EventDamaged({ stream: 'case-1', revision: 1, position: '2' }),
    ],
    ['refused by the domain', new HabeasError('refused', 'no', 'no')],
  ])('is laid at the door of a row that is %s', (_, error) => expect(isPassing(error)).toBe(false));

  it('is described without what it quotes', () => {
    expect(JSON.stringify(describeFailure(fromPostgres('23505')))).not.toContain('Dzmitry');
    expect(describeFailure(fromPostgres('23505')).code).toBe('23505');
  });
});
