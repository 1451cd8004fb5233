/** SQLite does not do as it was told, which it says to nobody who does not ask: what is acknowledged might not be on disk. */
export class NotDurable extends Error {
  override readonly name = 'NotDurable';
}
