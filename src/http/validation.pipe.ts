import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { plainToInstance, type ClassConstructor } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { HabeasError, type FieldError } from '../errors.js';
import { escapeSegment, findFault } from './json-faults.js';

const PLACES = { body: '/body', query: '/query', param: '/params' } as const;
const BUILT_IN: ReadonlySet<unknown> = new Set([String, Boolean, Number, Array, Object, Function]);
const MAX_ERRORS = 50;

/**
 * Holds bodies, queries and path parameters to the rules of their class, and gives an instance of it. A member without a
 * rule is refused, never dropped. Nothing is converted unless the class says so (`@Type`): "15" is not a number.
 * Faults are told by JSON pointer: `/body/person/names/0/form`, `/query/asOf`, `/params/caseId`.
 */
@Injectable()
export class ValidationPipe implements PipeTransform {
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if (type === 'custom' || !metatype || BUILT_IN.has(metatype)) return value;
    const place = PLACES[type];
    // Queries and path parameters come as objects with a prototype of the router's own.
    const plain = type === 'body' ? (value ?? {}) : { ...(value as object) };
    if (!isPlainObject(plain)) throw invalid(type, [{ pointer: place, message: 'must be a JSON object' }]);
    // Bodies were looked through when they were parsed.
    const fault = type === 'body' ? undefined : findFault(plain);
    if (fault) throw invalid(type, [{ pointer: `${place}${fault.pointer}`, message: fault.message }]);

    const instance = plainToInstance(metatype as ClassConstructor<object>, plain);
    const errors = validateSync(instance, {
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      validationError: { target: false, value: false },
    });
    if (errors.length > 0) throw invalid(type, flatten(errors, place).slice(0, MAX_ERRORS));
    return instance;
  }
}

function invalid(type: keyof typeof PLACES, errors: FieldError[]): HabeasError {
  const name = type === 'param' ? 'path' : type;
  return new HabeasError('malformed', `invalid-${name}`, `the ${name} is not what this route takes`, {
    errors,
  });
}

function flatten(errors: readonly ValidationError[], above: string): FieldError[] {
  return errors.flatMap(({ property, constraints, children }) => {
    const pointer = `${above}/${escapeSegment(property)}`;
    const own = Object.entries(constraints ?? {}).map(([rule, message]) => ({
      pointer,
      message:
        rule === 'whitelistValidation' ? 'is not a member this route knows' : withoutName(message, property),
    }));
    return [...own, ...flatten(children ?? [], pointer)];
  });
}

/** The pointer names the member; class-validator's messages begin with its name once more. */
const withoutName = (message: string, property: string): string =>
  message.startsWith(`${property} `) ? message.slice(property.length + 1) : message;

function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
