import type { CaseReplayDto } from '../../cases/http/answers/replay.dto.js';
import type { Terminal } from '../terminal.js';
import { differences, line, linesOf, type NameOf } from './differences.js';
import { typeInWords } from './figures.js';

type Style = Pick<Terminal, 'bold' | 'dim' | 'added' | 'removed'>;
type Step = CaseReplayDto['items'][number];

const FURTHER = '      ';

/** One step of a replay: the event, what has become of it since, and how the case differs from what it was before. */
export function replayStep(
  { step, event, case: after, changed }: Step,
  before: Step['case'],
  { steps, nameOf, style }: { steps: number; nameOf: NameOf; style: Style },
): string {
  const { bold, dim } = style;
  const place = `${String(step + 1).padStart(String(steps).length)}/${steps}`;
  const since = [
    ...(event.correctedBy === undefined
      ? []
      : [`corrected since by ${nameOf(event.correctedBy) ?? 'a later step'}`]),
    ...(event.voidedBy === undefined ? [] : [`voided since by ${nameOf(event.voidedBy) ?? 'a later step'}`]),
  ];
  const told = differences(
    before,
    after,
    changed.map(({ pointer }) => pointer),
    nameOf,
  ).filter(({ where, before: was }) => was !== undefined || !(where === 'case id' || where === 'as of'));
  return [
    `${bold(`${place}  ${typeInWords(event.type)}`)}  ${dim(`recorded ${event.recordedAt} by ${event.recordedBy}`)}`,
    ...linesOf(event.data, nameOf).map((each) => FURTHER + each),
    ...since.map((each) => dim(FURTHER + each)),
    ...(after === null ? [dim(`${FURTHER}the case could not be answered for then`)] : []),
    ...told.map((difference) => `  ${drawn(difference, style)}`),
    ...(told.length === 0 && after !== null ? [dim('  = changes nothing in the answer')] : []),
  ].join('\n');
}

function drawn(
  { where, before, after }: ReturnType<typeof differences>[number],
  { added, removed }: Style,
): string {
  if (before === undefined) return added(`+ ${line(where, after ?? '')}`);
  if (after === undefined) return removed(`- ${line(where, before)}`);
  return `~ ${where}: ${removed(before)} → ${added(after)}`;
}
