import {
  isKnownArticle,
  isKnownFamily,
  isKnownRegion,
  namedFamilies,
  type Law,
} from '../../cases/domain/law/law.js';
import type { AskedIn } from '../../cases/queries/settled-instant.js';
import { HabeasError } from '../../errors.js';
import type { Filters } from '../content/content.js';

/**
 * Throws `unknown-family`, `unknown-provision` or `unknown-region` for what the law file has not: a word misspelt would be answered with
 * zeros, and they would be published. `part`: where it was asked.
 */
export function requireKnown({ family, article, region }: Filters, law: Law, part: AskedIn): void {
  if (family !== undefined && !isKnownFamily(law, family)) {
    throw unknown('unknown-family', 'the law file has no such family of articles', {
      pointer: `/${part}/family`,
      message: `must be one of ${namedFamilies(law).join(', ')}, or an article of none of them as code/article`,
    });
  }
  if (article !== undefined && !isKnownArticle(law, article)) {
    throw unknown('unknown-provision', 'the law file knows no such article of such a code', {
      pointer: `/${part}/article`,
      message: `must be an article, or code/article, of ${law.codes.map(({ id }) => id).join(', ')}`,
    });
  }
  if (region !== undefined && !isKnownRegion(law, region)) {
    throw unknown('unknown-region', `${law.jurisdiction} has no such region`, {
      pointer: `/${part}/region`,
      message: `must be one of ${law.regions.join(', ')}, or a region of another country`,
    });
  }
}

const unknown = (code: string, detail: string, error: { pointer: string; message: string }): HabeasError =>
  new HabeasError('semantic', code, detail, { errors: [error] });
