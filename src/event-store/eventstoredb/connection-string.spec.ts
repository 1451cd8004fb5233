import { describe, expect, it } from '@jest/globals';
import { readConnectionString, unsafeIn } from './connection-string.js';

describe('a connection string', () => {
  it.each([
    'esdb://localhost:2113?tls=false',
    'esdb://localhost?tls=false&keepAliveInterval=20000&keep-alive-timeout=10000',
    'esdb://admin:changeit@a.example:2113,b.example:2113,c.example:2113',
    'esdb+discover://habeas:p%40ss%3Aword@cluster.example/?nodePreference=leader&gossipTimeout=5',
    'esdb://habeas:secret@10.0.0.7:2113?tlsCAFile=/etc/habeas/ca.crt&connectionName=habeas',
  ])('is taken: %s', (text) => {
    expect(readConnectionString(text)).toMatchObject({ text });
  });

  it('says who connects, decoded', () => {
    expect(readConnectionString('esdb://ales:a%3Ab%40c@host')).toMatchObject({
      tls: true,
      credentials: { username: 'ales', password: 'a:b@c' },
    });
    expect(readConnectionString('esdb://host?tls=false')).toMatchObject({
      tls: false,
      credentials: undefined,
    });
  });

  it.each([
    ['kurrentdb://host?tls=false', 'is not of the form'],
    ['esdb://', 'is not of the form'],
    ['esdb://host:port?tls=false', 'a host that is not'],
    ['esdb://host:99999?tls=false', 'a host that is not'],
    ['esdb+discover://a:1,b:2?tls=false', 'several hosts'],
    ['esdb://host', 'no user and password'],
    ['esdb://admin@host', 'a login that is not'],
    ['esdb://admin:pass:word@host', 'a login that is not'],
    ['esdb://admin:50%@host', 'a "%" in its login'],
    ['esdb://host?tls=false&wait=1', 'an option that is not known'],
    ['esdb://a:b@host?tls=maybe', 'tls: has a value'],
    ['esdb://host?tls=false&tlsVerifyCert=false', 'tlsverifycert: is not supported'],
    ['esdb://host?tls=false&throwOnAppendFailure=false', 'throwonappendfailure: is not to be set'],
    ['esdb://host?tls=false&gossipTimeout=5000', 'gossiptimeout: is a number of seconds'],
    ['esdb://host?tls=false&keepAliveTimeout=-1', 'keepalivetimeout: has a value'],
    ['esdb://host?tls=false&userKeyFile=a', 'userkeyfile: is not supported'],
  ])('is refused: %s', (text, fault) => {
    expect(readConnectionString(text)).toEqual({ faults: [expect.stringContaining(fault)] });
  });

  it('is unsafe in the clear, and with the password everybody knows', () => {
    const faults = (text: string) => {
      const read = readConnectionString(text);
      return 'faults' in read ? read.faults : unsafeIn(read);
    };
    expect(faults('esdb://habeas:secret@host')).toEqual([]);
    expect(faults('esdb://admin:changeit@host?tls=false')).toHaveLength(2);
  });
});
