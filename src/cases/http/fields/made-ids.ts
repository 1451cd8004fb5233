import type { Type as Class } from '@nestjs/common';
import { IntersectionType, OmitType, PartialType, PickType } from '@nestjs/swagger';

/** The same members, but these ids may be left out: the server makes them. Null is not left out. */
export function WithMadeIds<T, K extends keyof T>(
  shape: Class<T>,
  ids: readonly K[],
): Class<Omit<T, K> & Partial<Pick<T, K>>> {
  const made = PartialType(PickType(shape, ids), { skipNullProperties: false });
  return IntersectionType(OmitType(shape, ids), made) as Class<Omit<T, K> & Partial<Pick<T, K>>>;
}
