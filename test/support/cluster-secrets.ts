import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Does what the real one does as far as it shows: it never writes into a folder that is there, and tells so by its exit code only for nodes. */
const CERTIFICATE_TOOL = `#!/usr/bin/env bash
set -euo pipefail
command=$1; shift
while [ $# -gt 0 ]; do
  case $1 in
    -out) out=$2 ;;
    -dns-names) names=$2 ;;
    -ca-certificate | -ca-key) test -s "$2" ;;
    -days | -ip-addresses) ;;
    *) exit 1 ;;
  esac
  shift 2
done
if [ -n "\${OUT_OF_ORDER:-}" ] || [ -e "$out" ]; then
  [ "$command" = create-ca ] && exit 0 || exit 1
fi
mkdir "$out"
case $command in
  create-ca) echo "authority $RANDOM" >"$out/ca.crt"; echo "key $RANDOM" >"$out/ca.key" ;;
  create-node) echo "certificate of $names" >"$out/node.crt"; echo "key $RANDOM" >"$out/node.key" ;;
esac
chmod 0400 "$out"/*
`;

/** Only root may give files away; here it is written down instead. */
const CHOWN = `#!/usr/bin/env bash
printf '%s %s\\n' "$1" "\${2%.draft}" >>"$OWNERS"
`;

const READERS = [
  'authority',
  'eventstore-1',
  'eventstore-2',
  'eventstore-3',
  'postgres',
  'habeas',
  'projector',
  'notary',
  'notary-key',
];

export interface ClusterSecrets {
  exitCode: number | null;
  /** By path within the folder. */
  files: Map<string, { content: string; mode: number; owner: string | undefined }>;
}

/** Runs the program of the cluster's \`secrets\` service on a folder, with the certificate tool of its image in a small copy. */
export function makeClusterSecrets(folder: string, settings: Record<string, string> = {}): ClusterSecrets {
  const tools = join(folder, 'tools');
  const owners = join(folder, 'owners');
  const secrets = join(folder, 'secrets');
  mkdirSync(tools, { recursive: true });
  writeFileSync(join(tools, 'es-gencert-cli'), CERTIFICATE_TOOL, { mode: 0o755 });
  writeFileSync(join(tools, 'chown'), CHOWN, { mode: 0o755 });
  writeFileSync(owners, '', { flag: 'a' });
  for (const reader of READERS) mkdirSync(join(secrets, reader), { recursive: true });
  const { status } = spawnSync('bash', ['deploy/make-secrets.sh'], {
    env: { PATH: `${tools}:${process.env['PATH']}`, SECRETS: secrets, OWNERS: owners, ...settings },
  });
  return { exitCode: status, files: filesIn(secrets, ownersIn(owners)) };
}

function ownersIn(file: string): Map<string, string> {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return new Map(lines.map((line) => line.split(' ').reverse() as [string, string]));
}

function filesIn(folder: string, owners: Map<string, string>): ClusterSecrets['files'] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const mode = statSync(path).mode & 0o777;
      return [
        relative(folder, path),
        { content: readFileSync(path, 'latin1'), mode, owner: owners.get(path) },
      ];
    }),
  );
}
