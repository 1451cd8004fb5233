import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import type { ValidationOptions } from 'class-validator';

export interface FieldOptions {
  optional?: boolean;
  description?: string;
  example?: unknown;
  /** What an absent field means; nothing is filled in. */
  default?: unknown;
}

const given = (_: object, value: unknown): boolean => value !== undefined;

/**
 * One member of a body: its line in the API document and its checks, said together so that they cannot part.
 * Optional means that it may be absent; null is never taken for absent.
 */
export function field(
  schema: ApiPropertyOptions,
  checks: (options: ValidationOptions) => PropertyDecorator[],
  { optional = false, ...said }: FieldOptions = {},
): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ ...schema, ...said, required: !optional } as ApiPropertyOptions),
    ...checks(optional ? { validateIf: given } : {}),
  );
}
