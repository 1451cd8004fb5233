/** One answer holds no more; whoever sees `more` asks for a shorter time. */
export const MOST_COMING = 1_000;

export interface Coming<Item> {
  /** The first first. */
  items: Item[];
  more: boolean;
}
