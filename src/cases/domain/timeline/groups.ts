import { currentDays, sentencesInForce, type World, type WorldDay, type WorldSentence } from './world.js';

/** Sentences that are served together; what is to be served is the sum over groups. */
export interface Group {
  members: WorldSentence[];
  /** Of its longest member. */
  days: number;
  credit: WorldDay;
}

/** The groups in force on a day, in serving order. */
export function groupsAt(world: World, at: WorldDay): Group[] {
  const groups: Group[] = [];
  let before: WorldSentence | undefined;
  for (const sentence of sentencesInForce(world, at)) {
    const days = currentDays(sentence, at);
    const group = groups.at(-1);
    const joins =
      group !== undefined &&
      sentence.sentence.fact.data.runs === 'concurrent' &&
      before?.heldIn === sentence.heldIn;
    if (joins) {
      group.members.push(sentence);
      group.days = Math.max(group.days, days);
    } else {
      groups.push({ members: [sentence], days, credit: sentence.credit });
    }
    before = sentence;
  }
  for (const group of groups) group.credit = Math.min(...group.members.map(({ credit }) => credit));
  return groups;
}
