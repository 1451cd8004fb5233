import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsIn,
  IsNotEmpty,
  IsObject,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { IfGiven } from '../../http/if-given.js';
import { IsInstant } from '../../http/is-instant.js';
import { SUBJECT } from '../oidc/subject.js';
import { ROLES, type Role } from '../roles.js';

export class OidcIdentity {
  @ApiProperty({ example: 'https://id.example.org', description: 'The issuer of this service.' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(1000)
  issuer: string;

  @ApiProperty({ minLength: 1, maxLength: 255, description: 'The claim `sub` of its access tokens.' })
  @Matches(SUBJECT, { message: 'must be 1 to 255 characters, none of them a control character' })
  subject: string;
}

export class NewPrincipal {
  @ApiProperty({ example: 'desk Minsk', maxLength: 200 })
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  label: string;

  @ApiProperty({ enum: ROLES, isArray: true, minItems: 1, uniqueItems: true })
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(ROLES, { each: true })
  roles: Role[];

  @ApiPropertyOptional({ type: OidcIdentity, description: 'Lets access tokens of this identity in.' })
  @IfGiven()
  // It refuses what is no object, too; and takes a list of them.
  @ValidateNested({ message: 'must be an object' })
  @IsObject()
  @Type(() => OidcIdentity)
  oidc?: OidcIdentity;
}

export class PrincipalIdDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  principalId: string;
}

export class PrincipalView {
  @ApiProperty({ format: 'uuid' })
  principalId: string;

  @ApiProperty()
  label: string;

  @ApiProperty({ enum: ROLES, isArray: true })
  roles: Role[];

  @ApiProperty({ format: 'date-time' })
  createdAt: string;

  @ApiProperty({ type: OidcIdentity, nullable: true })
  oidc: OidcIdentity | null;

  @ApiProperty({ format: 'date-time', nullable: true, type: String, description: 'Refused since then.' })
  ended: string | null;
}

export class PrincipalList {
  @ApiProperty({ type: [PrincipalView] })
  items: PrincipalView[];
}

export class NewKey {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  principalId: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'The key is refused from this instant on.' })
  @IfGiven()
  @IsInstant()
  expires?: string;
}

export class ShownKey {
  @ApiProperty()
  keyId: string;

  @ApiProperty({ description: 'The only time that the key is shown.', example: 'hb_0123456789abcdef_…' })
  key: string;
}

export class KeyView {
  @ApiProperty()
  keyId: string;

  @ApiProperty({ format: 'uuid' })
  principalId: string;

  @ApiProperty({ format: 'date-time' })
  createdAt: string;

  @ApiProperty({ format: 'date-time', nullable: true, type: String })
  expires: string | null;

  @ApiProperty({ format: 'date-time', nullable: true, type: String, description: 'To the minute.' })
  lastUsed: string | null;

  @ApiProperty({ format: 'date-time', nullable: true, type: String })
  revoked: string | null;
}

export class KeyList {
  @ApiProperty({ type: [KeyView] })
  items: KeyView[];
}
