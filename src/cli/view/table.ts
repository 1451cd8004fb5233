import Table from 'cli-table3';

interface TableColumn {
  title: string;
  /** In characters; absent: as wide as it has to be. */
  width?: number;
  right?: boolean;
}

const SPACES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

/** A table of lines, with rules above and below the heads only. Cells wrap at spaces. */
export function table(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  { spaced = false } = {},
): string {
  const drawn = new Table({
    chars: SPACES,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true },
    colWidths: columns.map(({ width }) => width ?? null),
    colAligns: columns.map(({ right }) => (right ? 'right' : 'left')),
    wordWrap: true,
  });
  drawn.push(columns.map(({ title }) => title));
  const body = spaced
    ? rows.flatMap((row, place) => (place > 0 ? [columns.map(() => ''), row] : [row]))
    : rows;
  drawn.push(...body.map((row) => [...row]));
  const lines = drawn
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
  const rule = '─'.repeat(Math.max(...lines.map((line) => line.length)));
  const head = Math.max(...columns.map(({ title, width }) => wrappedHeight(title, width)));
  return [rule, ...lines.slice(0, head), rule, ...lines.slice(head), rule].join('\n');
}

/** How many lines a heading takes when it is broken at its spaces. */
function wrappedHeight(title: string, width = Infinity): number {
  let height = 1;
  let room = width;
  for (const word of title.split(' ')) {
    if (word.length > room) {
      height += 1;
      room = width;
    }
    room -= word.length + 1;
  }
  return height;
}
