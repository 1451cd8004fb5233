import { createHmac, randomBytes } from 'node:crypto';

/** As many as the signature has; the specification takes 24 to 64. */
const SECRET_BYTES = 32;
const PREFIX = 'whsec_';

export const newSecret = (): Buffer => randomBytes(SECRET_BYTES);

/** As the receiver is told it, and as libraries for Standard Webhooks take it. */
export const secretAsText = (secret: Buffer): string => PREFIX + secret.toString('base64');

/** What a receiver holds a delivery to. */
export interface SignedContent {
  /** The same however often the delivery is tried. */
  id: string;
  /** Of this try, in whole seconds since 1970. */
  timestamp: number;
  /** As it is sent, to the byte. */
  body: string;
}

/** The headers of Standard Webhooks 1.0.0; with several secrets, several signatures, of which a receiver needs one. */
export function signedHeaders(
  { id, timestamp, body }: SignedContent,
  secrets: readonly Buffer[],
): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> {
  const content = `${id}.${timestamp}.${body}`;
  const signatures = secrets.map((key) => `v1,${createHmac('sha256', key).update(content).digest('base64')}`);
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatures.join(' '),
  };
}
