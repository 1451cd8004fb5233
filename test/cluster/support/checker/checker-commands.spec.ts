import { eachIsFoundOut } from './found-out.js';
import { DECISION, REFUSED, type Breakage } from './story.js';

const BREAKAGES: Breakage[] = [
  [
    'loses what it acknowledged',
    (story) => {
      story.records('x');
      story.final.pop();
    },
    'c: x was acknowledged at revision 3 and is not there',
  ],
  [
    'writes over what it acknowledged',
    (story) => {
      story.records('x');
      story.final.pop();
      story.records('y');
    },
    'c: revision 3 was given to x and y',
  ],
  [
    'loses half of a command',
    (story) => {
      story.records('x', { size: 2 }, DECISION);
      story.final.pop();
    },
    'c: x has 1 events and not 2',
  ],
  [
    'lets something come between the events of a command',
    (story) => {
      story.sends('x', { size: 2 });
      story.sends('y');
      story.final.push(
        { eventId: 'x.0', revision: 3, type: 'DecisionRendered', key: 'x' },
        { eventId: 'y.0', revision: 4, type: 'NoteAdded', key: 'y' },
        { eventId: 'x.1', revision: 5, type: 'SentenceImposed', key: 'x' },
      );
    },
    'c: the events of x do not stand together',
  ],
  [
    'lets two win the same revision',
    (story) => {
      const [x, y] = [story.sends('x', { ifRevision: 2 }), story.sends('y', { ifRevision: 2 })];
      story.stores('x');
      story.acknowledges(x);
      story.acknowledges(y, 3);
    },
    'c: revision 3 was given to x and y',
  ],
  [
    'ignores the revision that was expected',
    (story) => {
      const [x, y] = [story.sends('x', { ifRevision: 2 }), story.sends('y', { ifRevision: 2 })];
      for (const sent of [x, y]) {
        story.stores(sent.key);
        story.acknowledges(sent);
      }
    },
    'c: y was sent for revision 2 and taken at 4',
  ],
  [
    'refuses a revision that nobody has won',
    (story) => story.journal.end(story.sends('x', { ifRevision: 2 }), REFUSED),
    'c: x was refused revision 2, which nobody has won',
  ],
  [
    'refuses a revision before anybody has won it',
    (story) => {
      story.journal.end(story.sends('x', { ifRevision: 2 }), REFUSED);
      story.records('y');
    },
    'c: y follows 3 events, though the refusal of x had told of 4 before it began',
  ],
  [
    'writes what it refuses',
    (story) => {
      const sent = story.sends('x', { ifRevision: 2 });
      story.stores('x');
      story.journal.end(sent, REFUSED);
    },
    'c: x was refused and stands there',
  ],
  [
    'doubles an event',
    (story) => {
      story.records('x');
      story.final.push({ ...story.final[3]!, revision: 4 });
    },
    'c: the event x.0 stands twice',
  ],
  [
    'carries out twice what nobody was told of',
    (story) => {
      story.sends('x');
      story.sends('x');
      story.stores('x');
      story.final.push({ eventId: 'x again', revision: 4, type: 'NoteAdded', key: 'x' });
    },
    'c: x has 2 events and not 1',
  ],
  [
    'takes a repeat for something new',
    (story) => {
      story.records('x');
      story.acknowledges(story.sends('x'), 3);
    },
    'c: a repeat of x was answered as if it were new',
  ],
  [
    'takes the same, sent twice at once, for new both times',
    (story) => {
      const [one, other] = [story.sends('x'), story.sends('x')];
      story.stores('x');
      story.acknowledges(one);
      story.acknowledges(other);
    },
    'c: a repeat of x was answered as if it were new',
  ],
  [
    'takes a repeat for something new after it has known it for one',
    (story) => {
      story.sends('x');
      story.stores('x');
      story.acknowledges(story.sends('x'), 3, { replayed: true });
      story.acknowledges(story.sends('x'), 3);
    },
    'c: a repeat of x was answered as if it were new',
  ],
  [
    'takes something new for a repeat',
    (story) => {
      const sent = story.sends('x');
      story.stores('x');
      story.acknowledges(sent, 3, { replayed: true });
    },
    'c: x was new and answered as if it were a repeat',
  ],
  [
    'answers a repeat with something else',
    (story) => {
      story.records('x');
      story.acknowledges(story.sends('x'), 2, { replayed: true });
    },
    'c: x was answered in 2 ways',
  ],
  ['records what nobody sent', (story) => story.stores('x'), 'c: nobody sent what recorded x.0'],
  [
    'gives a revision that is not the next',
    (story) => {
      story.records('x');
      story.final[3] = { ...story.final[3]!, revision: 4 };
    },
    'c: revision 4 stands in the place of 3',
  ],
  [
    'puts a command before one that it had acknowledged',
    (story) => {
      story.records('x');
      const sent = story.sends('y');
      story.final.splice(3, 0, { eventId: 'y.0', revision: 3, type: 'NoteAdded', key: 'y' });
      story.final[4] = { ...story.final[4]!, revision: 4 };
      story.journal.end(sent, {});
    },
    'c: x was acknowledged at revision 3 and is not there',
  ],
  [
    'orders commands otherwise than they came',
    (story) => {
      const x = story.sends('x');
      story.journal.end(x, { status: 201, told: { revision: 4, eventIds: ['x.0'], replayed: false } });
      story.records('y');
      story.stores('x');
    },
    'c: y follows 3 events, though x had told of 5 before it began',
  ],
  [
    'answers that it failed',
    (story) => story.journal.end(story.sends('x'), { status: 500 }),
    'c: Ann was answered 500 to a command by one',
  ],
  [
    'cannot open what it holds',
    (story) => story.journal.end(story.sends('x'), { status: 503, code: 'sealed-data-damaged' }),
    'c: Ann was answered 503 sealed-data-damaged to a command by one',
  ],
  [
    'refuses what was sent for no revision',
    (story) => story.journal.end(story.sends('x'), REFUSED),
    'c: Ann was answered 412 to a command by one',
  ],
];

eachIsFoundOut(BREAKAGES);
