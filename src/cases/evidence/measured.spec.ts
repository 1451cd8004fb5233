import { describe, expect, it } from '@jest/globals';
import { supportedMimeTypes } from 'file-type';
import { evidenceKinds } from '../domain/decide/kinds/evidence.js';
import { mediaTypeOf } from './measured.js';

const FILE = {
  evidenceId: '0198c5a0-0000-7000-8000-000000000001',
  sha256: '0'.repeat(64),
  size: 1,
};

describe('what a file is', () => {
  it.each([...supportedMimeTypes])('may be %s in a case', (found) => {
    const mediaType = mediaTypeOf(found);
    expect(mediaType).toBe(found.split(';')[0]);
    expect(evidenceKinds.EvidenceAttached.reads({ ...FILE, mediaType }, '')).toMatchObject({ mediaType });
  });

  it('is not known of bytes that tell nothing', () => {
    expect(mediaTypeOf(undefined)).toBe('application/octet-stream');
  });
});
