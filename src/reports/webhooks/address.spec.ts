import { describe, expect, it } from '@jest/globals';
import { faultOf, hostOf } from './address.js';

const development = { production: false };
const production = { production: true };

describe('the address of a webhook', () => {
  it.each(['https://reports.example.org', 'https://10.0.0.7:8443/a/b?c=d'])('may be %s', (address) => {
    expect(faultOf(address, development)).toBeUndefined();
    expect(faultOf(address, production)).toBeUndefined();
  });

  it.each(['http://127.0.0.1:8080/x', 'http://[::1]/', 'http://localhost/'])(
    'may be %s outside of production only',
    (address) => {
      expect(faultOf(address, development)).toBeUndefined();
      expect(faultOf(address, production)).toMatch(/^http: is refused/);
    },
  );

  it.each([
    ['reports.example.org', /^is not a URL/],
    ['/relative', /^is not a URL/],
    ['ftp://example.org', /^is not a URL/],
    ['file:///etc/passwd', /^is not a URL/],
    ['https://user@example.org', /password/],
    ['https://:word@example.org', /password/],
    ['https://example.org/#part', /fragment/],
    ['http://reports.example.org', /^http: /],
    ['http://10.0.0.7/', /^http: /],
    ['http://127.0.0.1.example.org/', /^http: /],
  ])('is never %s', (address, fault) => {
    expect(faultOf(address, development)).toMatch(fault);
    expect(faultOf(address, production)).toMatch(/./);
  });

  it('is told to others by its host alone', () =>
    expect(hostOf('https://reports.example.org:8443/hooks/token?key=secret')).toBe(
      'reports.example.org:8443',
    ));
});
