import { ApiProperty } from '@nestjs/swagger';

export class ReportUnderWay {
  @ApiProperty({ type: 'integer', description: 'cases looked at' })
  done: number;

  @ApiProperty({ type: 'integer', nullable: true, description: 'of so many; null while that is not known' })
  total: number | null;
}
