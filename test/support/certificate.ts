import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const REQUEST = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

export interface Certificate {
  /** PEM. */
  key: string;
  cert: string;
  /** Where the certificate lies; it is its own authority. */
  certFile: string;
}

/** A certificate of this machine for a day, made in a folder. */
export async function makeCertificate(folder: string): Promise<Certificate> {
  const [keyFile, certFile] = [join(folder, 'test.key'), join(folder, 'test.crt')];
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'];
  const files = ['-days', '1', '-keyout', keyFile, '-out', certFile];
  await promisify(execFile)('openssl', [...REQUEST, ...names, ...files]);
  return { key: await readFile(keyFile, 'utf8'), cert: await readFile(certFile, 'utf8'), certFile };
}
