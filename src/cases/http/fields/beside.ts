import { ValidateBy } from 'class-validator';

type Members = Readonly<Record<string, unknown>>;

/** May be given only where the member beside it has this value. */
export const OnlyWhere = (member: string, value: unknown): PropertyDecorator =>
  rule(
    'onlyWhere',
    `is only for ${member}: ${String(value)}`,
    (own, beside) => own === undefined || beside[member] === value,
  );

/** The upper end of a pair is not below the lower. */
export const NotBelow = (member: string): PropertyDecorator =>
  rule('notBelow', `must not be less than ${member}`, (own, beside) => {
    const lower = beside[member];
    return typeof own !== 'number' || typeof lower !== 'number' || own >= lower;
  });

export const ExactlyOneOf = (members: readonly string[]): PropertyDecorator =>
  rule('given', `exactly one of ${members.join(', ')} must be given`, (_, all) => given(members, all) === 1);

export const AtLeastOneOf = (members: readonly string[]): PropertyDecorator =>
  rule('given', `at least one of ${members.join(', ')} must be given`, (_, all) => given(members, all) >= 1);

const given = (members: readonly string[], all: Members): number =>
  members.filter((member) => all[member] !== undefined).length;

/**
 * A rule about several members, told at one of them; it is asked also where that one is absent. It belongs on the declaration of
 * the member: class-validator drops the inherited rules of a member that a subclass adds one to.
 */
const rule = (
  name: string,
  message: string,
  holds: (own: unknown, beside: Members) => boolean,
): PropertyDecorator =>
  ValidateBy({
    name,
    validator: {
      validate: (own, args) => holds(own, args!.object as Members),
      defaultMessage: () => message,
    },
  });
