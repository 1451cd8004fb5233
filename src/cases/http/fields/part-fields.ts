import { applyDecorators, type Type as Class } from '@nestjs/common';
import { ApiExtraModels, getSchemaPath } from '@nestjs/swagger';
import { plainToInstance, Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsObject,
  ValidateNested,
  type ValidationOptions,
} from 'class-validator';
import { field, type FieldOptions } from './field.js';

/** An object with a shape of its own. */
export const PartField = (part: Class, said: FieldOptions = {}): PropertyDecorator =>
  field(
    { type: part },
    // An array of such objects would pass `ValidateNested` alone.
    (options) => [IsObject(options), ValidateNested(options), Type(() => part)],
    said,
  );

interface ListOptions extends FieldOptions {
  min?: number;
  max: number;
}

/** A list of such objects. */
export const PartsField = (part: Class, { min = 0, max, ...said }: ListOptions): PropertyDecorator =>
  field(
    { type: part, isArray: true, minItems: min, maxItems: max },
    (options) => [...isListOfParts(min, max, options), Type(() => part)],
    said,
  );

/** A list of objects of several shapes; the member `tag` of each says which of them it has. */
export const TaggedPartsField = (
  tag: string,
  parts: Readonly<Record<string, Class>>,
  { min = 0, max, ...said }: ListOptions,
): PropertyDecorator => {
  const shapes = Object.values(parts);
  const mapping = Object.fromEntries(
    Object.entries(parts).map(([name, part]) => [name, getSchemaPath(part)]),
  );
  const untold = shapes[0]!;
  return applyDecorators(
    withModels(shapes),
    field(
      {
        type: 'array',
        items: {
          oneOf: shapes.map(schemaOf),
          discriminator: { propertyName: tag, mapping },
        },
        minItems: min,
        maxItems: max,
      },
      (options) => [
        ...isListOfParts(min, max, options),
        // class-transformer's own discriminator reads the tag of a null and falls over.
        Transform(({ value }: { value: unknown }) =>
          Array.isArray(value) ? value.map((item) => shaped(item)) : shaped(value),
        ),
      ],
      said,
    ),
  );

  /** An item that does not say what it is is held to the first shape, which finds the fault. */
  function shaped(item: unknown): unknown {
    if (typeof item !== 'object' || item === null) return item;
    const name = (item as Record<string, unknown>)[tag];
    const part = typeof name === 'string' && Object.hasOwn(parts, name) ? parts[name]! : untold;
    return plainToInstance(part, item);
  }
};

const isListOfParts = (min: number, max: number, options: ValidationOptions): PropertyDecorator[] => [
  IsArray(options),
  ArrayMinSize(min, options),
  ArrayMaxSize(max, options),
  IsObject({ ...options, each: true }),
  ValidateNested({ ...options, each: true }),
];

/** An object that cannot be held to its shape while the body is read, because something else decides which of them it has. */
export const OpenPartField = (shapes: readonly Class[], said: FieldOptions = {}): PropertyDecorator =>
  applyDecorators(
    withModels(shapes),
    field(
      { type: 'object', additionalProperties: true, anyOf: shapes.map(schemaOf) },
      (options) => [IsObject(options)],
      said,
    ),
  );

const schemaOf = (part: Class): { $ref: string } => ({ $ref: getSchemaPath(part) });

/** Shapes that the API document meets nowhere else have to be named to it. */
const withModels =
  (shapes: readonly Class[]): PropertyDecorator =>
  (target) => {
    ApiExtraModels(...shapes)(target.constructor);
  };
