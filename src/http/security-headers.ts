import type { SecurityHeadersOptions } from '@nestjs/common';

/**
 * For an API that no page embeds. No Strict-Transport-Security: the service speaks plain HTTP to a proxy beside it, and it
 * is the proxy that knows about TLS.
 */
export const SECURITY_HEADERS: SecurityHeadersOptions = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: "'none'",
      // For the page at /docs, which comes with everything it needs.
      scriptSrc: "'self'",
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      connectSrc: "'self'",
      baseUri: "'none'",
      formAction: "'none'",
      frameAncestors: "'none'",
    },
  },
  xFrameOptions: { action: 'deny' },
  strictTransportSecurity: false,
};
