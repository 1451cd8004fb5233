import type { Type as Class } from '@nestjs/common';

type Shapes<Facts> = { [K in keyof Facts]: Class };

/** Members that a fact has and its shape lacks, or the other way round. */
type Unequal<Facts, S extends Shapes<Facts>> = {
  [K in keyof Facts]:
    Exclude<keyof Facts[K], keyof InstanceType<S[K]>> | Exclude<keyof InstanceType<S[K]>, keyof Facts[K]>;
}[keyof Facts];

/** `never` as long as there are such members: what is declared to be this then does not compile. */
export type Complete<Facts, S extends Shapes<Facts>> = [Unequal<Facts, S>] extends [never] ? S : never;
