import { describe, expect, it } from '@jest/globals';
import { Type } from 'class-transformer';
import { IsArray, IsDefined, IsInt, IsOptional, IsString, ValidateNested } from 'class-validator';
import { HabeasError } from '../errors.js';
import { ValidationPipe } from './validation.pipe.js';

class Name {
  @IsString()
  form: string;
}

class Person {
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => Name)
  names: Name[];
}

class Opening {
  @IsDefined()
  @ValidateNested()
  @Type(() => Person)
  person: Person;

  @IsOptional()
  @IsInt()
  days?: number;
}

class Asked {
  @IsInt()
  @Type(() => Number)
  limit: number;
}

const pipe = new ValidationPipe();
const person = { names: [{ form: 'Dzmitry Kazlou' }] };

function faults(
  value: unknown,
  type: 'body' | 'query' | 'param' = 'body',
  metatype: new () => object = Opening,
): string[] {
  try {
    pipe.transform(value, { type, metatype });
    return [];
  } catch (error) {
    if (!(error instanceof HabeasError)) throw error;
    return (error.details.errors ?? []).map(({ pointer, message }) => `${pointer} ${message}`);
  }
}

describe('a body', () => {
  it('that keeps the rules becomes an instance of its class', () => {
    const given = pipe.transform({ person, days: 15 }, { type: 'body', metatype: Opening });
    expect(given).toBeInstanceOf(Opening);
    expect(given).toEqual({ person, days: 15 });
  });

  it('is told every fault with its place', () => {
    expect(faults({ person: { names: [{ form: 'a' }, { form: 5 }] }, days: 1.5 })).toEqual([
      '/body/person/names/1/form must be a string',
      '/body/days must be an integer number',
    ]);
  });

  it('is not converted: "15" is no number', () => {
    expect(faults({ person, days: '15' })).toEqual(['/body/days must be an integer number']);
  });

  it('with an unknown member is refused, at any depth', () => {
    expect(faults({ person: { names: [{ form: 'a', nick: 'b' }] }, dais: 15 })).toEqual([
      '/body/dais is not a member this route knows',
      '/body/person/names/0/nick is not a member this route knows',
    ]);
  });

  it.each([[[]], ['text'], [5], [true], [[{ person }]]])('%j instead of an object is refused', (value) => {
    expect(faults(value)).toEqual(['/body must be a JSON object']);
  });

  it('that is missing lacks its members', () => {
    expect(faults(undefined).map((fault) => fault.split(' ')[0])).toEqual(['/body/person']);
  });

  it('with more faults than anyone reads is told the first of them', () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`m${i}`, 1]));
    expect(faults({ person, ...many })).toHaveLength(50);
  });
});

describe('a query', () => {
  it('is converted where its class says so', () => {
    expect(pipe.transform({ limit: '5' }, { type: 'query', metatype: Asked })).toEqual({ limit: 5 });
  });

  it('given twice, or with a name that would change objects, is refused', () => {
    expect(faults({ limit: ['5', '6'] }, 'query', Asked)).toEqual(['/query/limit must be an integer number']);
    const poisoned = Object.assign(Object.create(null) as object, JSON.parse('{"__proto__":"x"}'));
    Object.defineProperty(poisoned, '__proto__', { value: 'x', enumerable: true });
    expect(faults(poisoned, 'query', Asked)).toEqual(['/query/__proto__ is not a name a member may have']);
  });
});

it('what has no class of rules is passed on as it is', () => {
  expect(pipe.transform('x', { type: 'param', metatype: String })).toBe('x');
  expect(pipe.transform('x', { type: 'custom', metatype: Opening })).toBe('x');
});
