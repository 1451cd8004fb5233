import { ApiSchema } from '@nestjs/swagger';
import type { SimilarCase, SimilarCases } from '../../queries/find-similar.js';
import { KnownPersonDto } from './case-answer.dto.js';
import { Id, Part, Parts, Quantity, Texts } from './members.js';

@ApiSchema({ name: 'SimilarCase' })
class SimilarCaseDto implements SimilarCase {
  @Id()
  caseId: string;

  @Part(KnownPersonDto)
  person: KnownPersonDto;

  @Quantity({ description: '0 to 1' })
  score: number;

  @Texts({ description: 'why it is proposed' })
  reasons: SimilarCase['reasons'];
}

@ApiSchema({ name: 'SimilarCases' })
export class SimilarCasesDto implements SimilarCases {
  @Id()
  caseId: string;

  @Parts(SimilarCaseDto, { description: 'the most alike first' })
  items: SimilarCaseDto[];
}
