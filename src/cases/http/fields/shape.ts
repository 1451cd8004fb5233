import { ApiSchema, type SchemaObject } from '@nestjs/swagger';

interface ShapeOptions {
  /** Its name in the API document. */
  name: string;
  /** Of these members one must be given, and no more: says what `ExactlyOneOf` on one of them checks. */
  exactlyOneOf?: readonly string[];
  /** Of these members one must be given at least: says what `AtLeastOneOf` on one of them checks. */
  atLeastOneOf?: readonly string[];
}

/** A body with the members it declares and no others. */
export function Shape({ name, exactlyOneOf, atLeastOneOf }: ShapeOptions): ClassDecorator {
  const alone = (member: string): SchemaObject => ({ required: [member] });
  const schema: SchemaObject & { name: string } = {
    name,
    additionalProperties: false,
    ...(exactlyOneOf ? { oneOf: exactlyOneOf.map(alone) } : {}),
    ...(atLeastOneOf ? { anyOf: atLeastOneOf.map(alone) } : {}),
  };
  return ApiSchema(schema);
}
