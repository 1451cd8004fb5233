import { type Command, Option } from 'commander';
import { ROLES, type Role } from '../../security/roles.js';
import { withService } from '../local-service.js';
import type { Terminal } from '../terminal.js';
import { table } from '../view/table.js';
import { addRotateMaster } from './rotate-master.js';

interface Principal {
  principalId: string;
  label: string;
  roles: Role[];
}

interface Key {
  keyId: string;
  principalId: string;
  createdAt: string;
  expires: string | null;
  lastUsed: string | null;
  revoked: string | null;
}

interface NewKeyOptions {
  label: string;
  role: Role[];
  expires?: string;
}

export function addKeys(program: Command, terminal: Terminal): void {
  const keys = program.command('keys').description('API keys and whom they are for; the master key');
  keys
    .command('create')
    .description('register a person or a job and show its key, this once')
    .requiredOption('--label <label>', 'who it is')
    .addOption(new Option('--role <role...>', 'what they may do').choices(ROLES).makeOptionMandatory())
    .option('--expires <instant>', 'the key is refused from then on (RFC 3339)')
    .action((options: NewKeyOptions) => create(terminal, options));
  keys
    .command('list')
    .description('show the keys that are valid')
    .option('--all', 'and those that no longer are')
    .action(({ all }: { all?: true }) => list(terminal, all === true));
  keys
    .command('revoke')
    .description('make a key invalid at once and for good')
    .argument('<keyId>', 'the part of the key between the underscores')
    .action((keyId: string) => revoke(terminal, keyId));
  addRotateMaster(keys, terminal);
}

const create = (terminal: Terminal, { label, role, expires }: NewKeyOptions): Promise<void> =>
  withService(terminal, 'admin', async (api) => {
    const { principalId } = await api.post<Principal>('/v1/principals', { label, roles: role });
    const { keyId, key } = await api.post<{ keyId: string; key: string }>('/v1/keys', {
      principalId,
      expires,
    });
    terminal.say(`The key ${keyId} of "${label}" (${role.join(', ')}) is shown this once:`);
    terminal.out(key);
  });

const list = (terminal: Terminal, all: boolean): Promise<void> =>
  withService(terminal, 'admin', async (api) => {
    const { items: keys } = await api.get<{ items: Key[] }>('/v1/keys');
    const { items: principals } = await api.get<{ items: Principal[] }>('/v1/principals');
    const byId = new Map(principals.map((principal) => [principal.principalId, principal]));
    const now = new Date().toISOString();
    const rows = keys
      .filter((key) => all || stateOf(key, now) === 'valid')
      .map((key) => {
        const { label = '', roles = [] } = byId.get(key.principalId) ?? {};
        return [
          key.keyId,
          label,
          roles.join(', '),
          stateOf(key, now),
          minute(key.createdAt),
          minute(key.expires),
          minute(key.lastUsed),
        ];
      });
    const titles = ['Key', 'Who', 'Roles', 'State', 'Made', 'Expires', 'Last used'];
    terminal.out(
      table(
        titles.map((title) => ({ title })),
        rows,
      ),
    );
  });

const revoke = (terminal: Terminal, keyId: string): Promise<void> =>
  withService(terminal, 'admin', async (api) => {
    await api.delete(`/v1/keys/${encodeURIComponent(keyId)}`);
    terminal.out(`The key ${keyId} is revoked.`);
  });

function stateOf({ revoked, expires }: Key, now: string): 'valid' | 'revoked' | 'expired' {
  if (revoked !== null) return 'revoked';
  return expires !== null && expires <= now ? 'expired' : 'valid';
}

const minute = (instant: string | null): string => instant?.slice(0, 16).replace('T', ' ') ?? '–';
