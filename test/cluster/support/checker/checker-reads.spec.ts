import { eachIsFoundOut } from './found-out.js';
import { DECISION, type Breakage } from './story.js';

const BREAKAGES: Breakage[] = [
  [
    'shows a history without what it had acknowledged',
    (story) => {
      story.records('x');
      story.sees(story.reads(), 3);
    },
    'c: a history that Bob read follows 3 events, though x had told of 4 before it began',
  ],
  [
    'shows one caller less than it has shown another',
    (story) => {
      story.sends('x');
      story.stores('x');
      story.sees(story.reads('Cay'));
      story.sees(story.reads(), 3);
    },
    'c: a history that Bob read follows 3 events, though a history that Cay read had told of 4 before it began',
  ],
  [
    'shows what comes later',
    (story) => {
      const read = story.reads();
      story.stores('x');
      story.sees(read);
      story.sends('x');
    },
    'c: x follows 3 events, though a history that Bob read had told of 4 before it began',
  ],
  [
    'shows events in another order',
    (story) => {
      const read = story.reads();
      const [first, second, third] = story.final;
      story.journal.end(read, { status: 200, seen: [first!, third!, second!] });
    },
    'c: Bob read another history: of 3 events the one in place 1 is not the final one',
  ],
  [
    'shows an event that is gone later',
    (story) => {
      story.sends('x');
      story.stores('x');
      story.sees(story.reads());
      story.final.pop();
    },
    'c: Bob read another history: of 4 events the one in place 3 is not the final one',
  ],
  [
    'shows a case at a revision that it never had',
    (story) => story.looks(3),
    'c: Bob read revision 3, which there never was',
  ],
  [
    'shows a case that is not the one of its revision',
    (story) => {
      story.records('x', { size: 2 }, DECISION);
      story.looks(2, 1);
    },
    'c: Bob read 1 decisions at revision 2 and not 0',
  ],
  [
    'shows an older case than was asked for',
    (story) => story.looks(1, 0, { atLeast: 2 }),
    'c: Bob asked for revision 2 and read 1',
  ],
  [
    'goes back for a caller',
    (story) => {
      story.looks(2);
      story.looks(1);
    },
    'c: Bob read revision 1 after 2',
  ],
  [
    'shows a case ahead of its history',
    (story) => {
      story.sends('x');
      story.stores('x');
      story.looks(3);
      story.sees(story.reads(), 3);
    },
    'c: a history that Bob read follows 3 events, though a case that Bob read had told of 4 before it began',
  ],
];

eachIsFoundOut(BREAKAGES);
