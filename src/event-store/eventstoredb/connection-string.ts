export interface Credentials {
  username: string;
  password: string;
}

/** What a connection string says, as far as it has to be known before the client reads it. */
export interface ConnectionString {
  text: string;
  tls: boolean;
  /** Absent only without TLS: a server that is spoken to in the clear asks for none. */
  credentials: Credentials | undefined;
}

const FORM =
  /^(?<scheme>esdb|esdb\+discover):\/\/(?:(?<login>[^@/?]*)@)?(?<hosts>[^@/?]+)\/?(?:\?(?<options>.*))?$/;
const HOST = /^(?:[a-z\d](?:[a-z\d.-]*[a-z\d])?)(?::(?<port>\d{1,5}))?$/i;

const NUMBER = /^-?\d{1,9}$/;
const WORD = /^[^&=?]+$/;
/** The options of the client that are of use here, and what may be said of them. The client prints the whole string, password and all, when it does not know one. */
const OPTIONS: Readonly<Record<string, RegExp>> = {
  tls: /^(?:true|false)$/,
  tlscafile: WORD,
  connectionname: WORD,
  nodepreference: /^(?:leader|follower|random|read_?only_?replica)$/i,
  maxdiscoverattempts: NUMBER,
  discoveryinterval: NUMBER,
  gossiptimeout: /^\d{1,2}$/,
  defaultdeadline: NUMBER,
  keepaliveinterval: NUMBER,
  // A negative one is to be none, and is one of a millisecond.
  keepalivetimeout: /^\d{1,9}$/,
};
const REFUSED: Readonly<Record<string, string>> = {
  throwonappendfailure: 'is not to be set: with false, a refused append looks like a stored one',
  tlsverifycert: 'is not supported by the client: give the certificate authority with tlsCAFile',
  usercertfile: 'is not supported: give a user and a password',
  userkeyfile: 'is not supported: give a user and a password',
};

/** Reads a connection string, or says what is wrong with it, in words that quote no part of it that may be secret. */
export function readConnectionString(text: string): ConnectionString | { faults: string[] } {
  const parts = FORM.exec(text.trim())?.groups;
  if (!parts) {
    return { faults: ['is not of the form esdb://user:password@host:2113?tls=true (or esdb+discover://…)'] };
  }
  const faults = [
    ...hostFaults(parts['scheme'] ?? '', parts['hosts'] ?? ''),
    ...optionFaults(parts['options']),
  ];
  const tls = new URLSearchParams(parts['options']?.toLowerCase()).get('tls') !== 'false';
  const login = readLogin(parts['login'], tls, faults);
  return faults.length > 0 ? { faults } : { text: text.trim(), tls, credentials: login };
}

/** What is refused in production, although it would work. */
export function unsafeIn({ tls, credentials }: ConnectionString): string[] {
  return [
    ...(tls ? [] : ['tls=false sends what is recorded over the network in the clear']),
    ...(credentials?.username === 'admin' && credentials.password === 'changeit'
      ? ['admin:changeit is the password that everybody knows']
      : []),
  ];
}

function hostFaults(scheme: string, hosts: string): string[] {
  const all = hosts.split(',');
  const faults = all
    .filter(
      (host) => !(Number(HOST.exec(host)?.groups?.['port'] ?? (HOST.test(host) ? 2113 : NaN)) <= 65_535),
    )
    .map(() => 'has a host that is not of the form name:port');
  if (scheme === 'esdb+discover' && all.length > 1) {
    faults.push(
      'has several hosts after esdb+discover://, of which only the first would be asked: use esdb:// for a list',
    );
  }
  return faults;
}

function optionFaults(options: string | undefined): string[] {
  if (options === undefined || options === '') return [];
  return options.split('&').flatMap((option) => {
    const [name = '', value = '', ...rest] = option.split('=');
    const key = name.toLowerCase().replaceAll(/[_-]/g, '');
    if (REFUSED[key] !== undefined) return [`${key}: ${REFUSED[key]}`];
    const form = OPTIONS[key];
    if (!form) return ['has an option that is not known'];
    if (key === 'gossiptimeout' && !form.test(value)) return [`${key}: is a number of seconds below 100`];
    return rest.length > 0 || !form.test(value) ? [`${key}: has a value that it cannot have`] : [];
  });
}

function readLogin(
  login: string | undefined,
  tls: boolean,
  faults: string[],
): ConnectionString['credentials'] {
  if (login === undefined) {
    if (tls) faults.push('has no user and password; with TLS the server asks for both');
    return undefined;
  }
  const [username, password, ...rest] = login.split(':');
  if (!username || !password || rest.length > 0) {
    faults.push(
      'has a login that is not user:password; a ":", "@" or "/" within it is written as %3A, %40 or %2F',
    );
    return undefined;
  }
  try {
    return { username: decodeURIComponent(username), password: decodeURIComponent(password) };
  } catch {
    faults.push(
      'has a "%" in its login that begins no percent-encoded character; "%" itself is written as %25',
    );
    return undefined;
  }
}
