import { ValidateIf } from 'class-validator';

/** For a member that may be left out; `null` is no way to leave it out. */
export const IfGiven = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);
