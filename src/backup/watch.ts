/** Told what is being done, as one waits for it. `total` is not known for all of it. */
export type Show = (stage: string, done?: number, total?: number) => void;
