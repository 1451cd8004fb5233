/** Where a file lies: files of one group go together. Both are ids. */
export interface FilePlace {
  group: string;
  name: string;
}

/** Bytes on their way in. Nobody finds them before they are kept. Both throw `storage-full` where there is no room. */
export interface Draft {
  /** What it holds is on disk then. Throws what reading throws. */
  write(bytes: AsyncIterable<Buffer>): Promise<void>;
  /** In one step that a power cut finds done or not done. False: something lies there already, and it is left as it is. */
  keepAs(place: FilePlace): Promise<boolean>;
  /** Whatever is still there of it is removed. */
  discard(): Promise<void>;
}

/** A place for files; what is personal comes to it sealed. What a call has answered is on disk. */
export abstract class FileStore {
  /** Throws `storage-full`. */
  abstract draft(): Promise<Draft>;
  /** Undefined: there is no such file. `bytes` is read once, or not at all. */
  abstract open(place: FilePlace): Promise<{ size: number; bytes: () => AsyncIterable<Buffer> } | undefined>;
  abstract remove(place: FilePlace): Promise<void>;
  /** Removes what there is of each of these groups. */
  abstract removeGroups(groups: readonly string[]): Promise<void>;
  /** Removes drafts that nobody writes to any more. */
  abstract removeLeftDrafts(): Promise<void>;
}
