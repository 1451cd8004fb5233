/** Why there is no backup, or nothing was restored; for the person who asked. */
export class BackupFault extends Error {
  override readonly name = 'BackupFault';
}
