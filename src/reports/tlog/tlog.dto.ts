import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { AsNumber } from '../../http/as-number.js';

const MOST = Number.MAX_SAFE_INTEGER;

export class InclusionQuery {
  @ApiProperty({ type: 'integer', minimum: 0, description: 'Which leaf, counted from 0.' })
  @AsNumber()
  @IsInt()
  @Min(0)
  @Max(MOST)
  leaf: number;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, description: 'In the tree of so many; absent: all.' })
  @IsOptional()
  @AsNumber()
  @IsInt()
  @Min(1)
  @Max(MOST)
  size?: number;
}

export class ConsistencyQuery {
  @ApiProperty({ type: 'integer', minimum: 1, description: 'Leaves of the tree that is known.' })
  @AsNumber()
  @IsInt()
  @Min(1)
  @Max(MOST)
  from: number;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, description: 'Of the one it has become; absent: all.' })
  @IsOptional()
  @AsNumber()
  @IsInt()
  @Min(1)
  @Max(MOST)
  to?: number;
}

export class InclusionView {
  @ApiProperty()
  leaf: number;

  @ApiProperty()
  size: number;

  @ApiProperty({ description: 'of the leaf; base64' })
  hash: string;

  @ApiProperty({ type: [String], description: 'RFC 6962, 2.1.1: from the bottom up; base64' })
  proof: string[];
}

export class ConsistencyView {
  @ApiProperty()
  from: number;

  @ApiProperty()
  to: number;

  @ApiProperty({ type: [String], description: 'RFC 6962, 2.1.2; base64' })
  proof: string[];
}

export class LogView {
  @ApiProperty({ description: 'its name in checkpoints' })
  origin: string;

  @ApiProperty({ description: 'of the key that signs it: `name+id+key`' })
  verifier: string;

  @ApiProperty({ format: 'date-time' })
  begunAt: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'why it took the place of the one before; null: the first',
  })
  reason: string | null;
}

export class LogList {
  @ApiProperty({ type: [LogView], description: 'the present one first' })
  items: LogView[];
}
