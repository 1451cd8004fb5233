import type { Type as Class } from '@nestjs/common';
import { IdField } from './fields/code-fields.js';

const shapes = new Map<string, Class<object>>();

/** The rules for the ids of a path. */
export function pathShape(names: readonly string[]): Class<object> {
  const key = names.join();
  let shape = shapes.get(key);
  if (!shape) {
    shape = class PathIds {};
    for (const name of names) IdField()(shape.prototype as object, name);
    shapes.set(key, shape);
  }
  return shape;
}
