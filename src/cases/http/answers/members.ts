import { applyDecorators, type Type as Class } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiProperty,
  getSchemaPath,
  type ApiPropertyOptions,
  type SchemaObject,
} from '@nestjs/swagger';

/** The members of answers, as the API document says them: always there, unless said otherwise. */
interface Said {
  description?: string;
  example?: unknown;
  required?: boolean;
}

const member =
  (schema: SchemaObject) =>
  (said: Said = {}): PropertyDecorator =>
    ApiProperty({ ...schema, ...said } as ApiPropertyOptions);

export const Text = member({ type: 'string' });
export const Texts = member({ type: 'array', items: { type: 'string' } });
export const Open = member({ type: 'object', additionalProperties: true });
/** Any JSON value. */
export const Anything = member({
  oneOf: [
    { type: 'string' },
    { type: 'number' },
    { type: 'boolean' },
    { type: 'object', additionalProperties: true },
    { type: 'array', items: {} },
    { type: 'null' },
  ],
});
export const Flag = member({ type: 'boolean' });
export const Count = member({ type: 'integer', minimum: 0 });
export const Quantity = member({ type: 'number', minimum: 0 });
export const Id = member({ type: 'string', format: 'uuid' });
export const Ids = member({ type: 'array', items: { type: 'string', format: 'uuid' } });
export const Day = member({ type: 'string', format: 'date' });
export const DayOrNull = member({ oneOf: [{ type: 'string', format: 'date' }, { type: 'null' }] });
export const CountOrNull = member({ oneOf: [{ type: 'integer', minimum: 0 }, { type: 'null' }] });
export const TextOrNull = member({ oneOf: [{ type: 'string' }, { type: 'null' }] });
export const Instant = member({ type: 'string', format: 'date-time' });
export const Amount = member({ type: 'string', example: '510.00' });

export const Code = (codes: readonly string[], said: Said = {}): PropertyDecorator =>
  member({ type: 'string', enum: [...codes] })(said);

export const Codes = (codes: readonly string[], said: Said = {}): PropertyDecorator =>
  member({ type: 'array', items: { type: 'string', enum: [...codes] } })(said);

export const Part = (part: Class, said: Said = {}): PropertyDecorator => ApiProperty({ type: part, ...said });

export const Parts = (part: Class, said: Said = {}): PropertyDecorator =>
  ApiProperty({ type: part, isArray: true, ...said });

export const PartOrNull = (part: Class, said: Said = {}): PropertyDecorator =>
  applyDecorators(
    ((target: object) => ApiExtraModels(part)(target.constructor)) as PropertyDecorator,
    member({ oneOf: [{ $ref: getSchemaPath(part) }, { type: 'null' }] })(said),
  );

/** A list of objects of several shapes. */
export const PartsOf = (parts: readonly Class[], said: Said = {}): PropertyDecorator =>
  applyDecorators(
    ((target: object) => ApiExtraModels(...parts)(target.constructor)) as PropertyDecorator,
    member({ type: 'array', items: { oneOf: parts.map((part) => ({ $ref: getSchemaPath(part) })) } })(said),
  );

export const CodeOrNull = (codes: readonly string[], said: Said = {}): PropertyDecorator =>
  member({ oneOf: [{ type: 'string', enum: [...codes] }, { type: 'null' }] })(said);
