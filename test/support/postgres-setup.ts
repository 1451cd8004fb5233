import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Says where a PostgreSQL server would be, for this process and its children. None is started before somebody wants it. Jest calls this
 * once, before all tests; it resolves no relative import of a file that it loads for that.
 */
export default function placeCluster(): void {
  const folder = mkdtempSync(join(tmpdir(), 'habeas-postgres-'));
  // The server runs as another user if this process is root.
  chmodSync(folder, 0o755);
  process.env['HABEAS_TEST_POSTGRES'] = folder;
  process.env['HABEAS_TEST_POSTGRES_OWNER'] = String(process.pid);
}
