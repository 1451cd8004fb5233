import { Matches, MaxLength, ValidateBy, type ValidationOptions } from 'class-validator';
import { field, type FieldOptions } from './field.js';

/** Security: no string of a body is longer, in characters. */
const LONGEST_TEXT = 16_384;
const LONGEST_URL = 2_048;

/** What cannot be written as UTF-8, or ends a text early in a database, would come back as something else. */
const isKeepable = (value: unknown): boolean =>
  typeof value === 'string' && value.isWellFormed() && !value.includes('\0') && value.trim() !== '';

const IsText = (options: ValidationOptions): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isText',
      validator: {
        validate: isKeepable,
        defaultMessage: (args) =>
          `${args!.property} must be a text: not blank, well-formed Unicode, without NUL`,
      },
    },
    options,
  );

/** Prose, as the source has it. */
export const TextField = ({
  max = LONGEST_TEXT,
  ...said
}: FieldOptions & { max?: number } = {}): PropertyDecorator =>
  field(
    { type: 'string', minLength: 1, maxLength: max, pattern: String.raw`\S` },
    (options) => [IsText(options), MaxLength(max, options)],
    said,
  );

interface PatternOptions extends FieldOptions {
  /** Ends the sentence "… must be". */
  what: string;
}

/** A code of ASCII characters; it stays readable when a case is erased, so no prose fits it. */
export const PatternField = (pattern: RegExp, { what, ...said }: PatternOptions): PropertyDecorator =>
  field(
    { type: 'string', pattern: pattern.source },
    (options) => [Matches(pattern, { ...options, message: `$property must be ${what}` })],
    said,
  );

export const RegionField = (said: FieldOptions = {}): PropertyDecorator =>
  PatternField(/^[A-Z]{2}-[A-Z0-9]{1,3}$/, {
    what: 'an ISO 3166-2 code like BY-HM',
    example: 'BY-HM',
    ...said,
  });

export const LanguageField = (said: FieldOptions = {}): PropertyDecorator =>
  PatternField(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}$/, {
    what: 'a BCP 47 tag like be',
    example: 'be',
    ...said,
  });

export const ScriptField = (said: FieldOptions = {}): PropertyDecorator =>
  PatternField(/^[A-Z][a-z]{3}$/, { what: 'an ISO 15924 code like Cyrl', example: 'Latn', ...said });

const isWebAddress = (value: unknown): boolean =>
  typeof value === 'string' && /^https?:\/\/\S+$/i.test(value) && value.isWellFormed() && URL.canParse(value);

/** Only what a browser opens as a page: no script, no file. */
export const WebAddressField = (said: FieldOptions = {}): PropertyDecorator =>
  field(
    { type: 'string', format: 'uri', pattern: '^[Hh][Tt][Tt][Pp][Ss]?://', maxLength: LONGEST_URL },
    (options) => [
      ValidateBy(
        {
          name: 'isWebAddress',
          validator: {
            validate: isWebAddress,
            defaultMessage: (args) => `${args!.property} must be an http or https address`,
          },
        },
        options,
      ),
      MaxLength(LONGEST_URL, options),
    ],
    said,
  );
