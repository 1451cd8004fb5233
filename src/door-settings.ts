import type { Settings } from './settings.js';

/** Whose access tokens are taken beside API keys. */
export interface OidcSettings {
  /** As it stands in the tokens, letter by letter. */
  issuer: string;
  audience: string;
  jwksUrl: URL;
}

const NAMES = ['HABEAS_OIDC_ISSUER', 'HABEAS_OIDC_AUDIENCE', 'HABEAS_OIDC_JWKS_URL'] as const;

/** All three or none: nothing is ever looked up of what a token or an issuer says of itself. */
export function readOidc(
  setting: Settings,
  { production }: { production: boolean },
): OidcSettings | undefined {
  const [issuer, audience, jwks] = NAMES.map((name) => setting.optional(name));
  if (issuer === undefined && audience === undefined && jwks === undefined) return undefined;
  for (const name of NAMES) {
    if (setting.optional(name) === undefined)
      setting.fault(name, `is missing; ${NAMES.join(', ')} go together`);
  }
  if (issuer !== undefined) checkUrl(setting, 'HABEAS_OIDC_ISSUER', issuer, production);
  const jwksUrl =
    jwks === undefined ? undefined : checkUrl(setting, 'HABEAS_OIDC_JWKS_URL', jwks, production);
  return issuer !== undefined && audience !== undefined && jwksUrl
    ? { issuer, audience, jwksUrl }
    : undefined;
}

function checkUrl(setting: Settings, name: string, text: string, production: boolean): URL | undefined {
  const url = URL.parse(text);
  if (!url || !['https:', 'http:'].includes(url.protocol)) {
    setting.fault(name, 'is not a URL that begins with https://');
    return undefined;
  }
  if (url.username !== '' || url.password !== '') setting.fault(name, 'holds a password; it takes none');
  if (production && url.protocol === 'http:') {
    setting.fault(
      name,
      'http: is refused when NODE_ENV=production: whoever is on the wire could let anyone in',
    );
  }
  return url;
}
