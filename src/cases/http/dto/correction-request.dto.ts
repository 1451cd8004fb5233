import { OpenPartField } from '../fields/part-fields.js';
import { Shape } from '../fields/shape.js';
import { EventCorrectedDto } from './corrections.dto.js';
import { FACT_SHAPES } from './fact-shapes.js';

const { EventCorrected: _corrections, EventVoided: _voids, ...CORRECTABLE } = FACT_SHAPES;
const shapes = [...new Set(Object.values(CORRECTABLE))];

/**
 * `data` has the shape of the fact that it replaces. Which one that is only the case itself can say, so this is left to the
 * decision, which reads `data` as it reads every fact and points into `/body/data`.
 */
@Shape({ name: 'CorrectionRequest' })
export class CorrectionRequestDto extends EventCorrectedDto {
  @OpenPartField(shapes, {
    description:
      'The whole new body of that event: same type, same ids; `at`, `sources` and `remark` included',
  })
  declare data: Record<string, unknown>;
}
