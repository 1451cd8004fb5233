import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { checkpointText, readCheckpoint } from './checkpoint.js';
import { noteKey, readVerifierLine, verifierLine } from './note-keys.js';
import { openNote, signNote } from './signed-note.js';

const pair = () => generateKeyPairSync('ed25519');
const ours = pair();
const key = noteKey('habeas.example/log', ours.publicKey);
const text = 'habeas.example/log\n3\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n';
const note = signNote(text, key, ours.privateKey);

describe('a signed note', () => {
  it('is opened by whoever knows the key', () => {
    expect(openNote(note, [key])).toMatchObject({ kind: 'signed', text, by: key });
    expect(note.endsWith('\n')).toBe(true);
    expect(note).toContain('\n\n— habeas.example/log ');
  });

  it('is opened beside the signatures of others, and not by them', () => {
    const theirs = pair();
    const other = noteKey('witness.example', theirs.publicKey);
    const [line] = signNote(text, other, theirs.privateKey).split('\n').slice(-2);
    const cosigned = `${note}${line}\n`;
    expect(openNote(cosigned, [key])).toMatchObject({ kind: 'signed', by: key });
    expect(openNote(note, [other])).toEqual({ kind: 'unknown-signer', text });
    const sameName = noteKey(key.name, theirs.publicKey);
    expect(openNote(note, [sameName])).toEqual({ kind: 'unknown-signer', text });
  });

  it('shows any changed byte', () => {
    const bytes = Buffer.from(note);
    for (let at = 0; at < bytes.length; at += 1) {
      for (const flip of [1, 0x20, 0x80]) {
        const changed = Buffer.from(bytes);
        changed[at]! ^= flip;
        const opened = openNote(changed.toString('utf8'), [key]);
        expect([at, opened.kind === 'signed']).toEqual([at, false]);
      }
    }
  });

  it.each(['', '\n', 'no line feed', 'a\rb\n', 'a\u0000\n', '\ud800\n'])('has plain lines, not %j', (odd) => {
    expect(() => signNote(odd, key, ours.privateKey)).toThrow(/plain text/);
    expect(openNote(`${odd}\n— x AAAAAAAA\n`, [key]).kind).toBe('malformed');
  });

  it.each([
    note.trimEnd(),
    text,
    `${text}\n`,
    `${text}\nnobody\n`,
    `${note}\n`,
    `${note}— \ud800 AAAAAAAA\n`,
  ])('is nothing else: %#', (odd) => expect(openNote(odd, [key]).kind).toBe('malformed'));
});

describe('the line that makes a key known', () => {
  it('is read again', () => {
    expect(readVerifierLine(verifierLine(key))).toMatchObject({ name: key.name, id: key.id });
    expect(openNote(note, [readVerifierLine(verifierLine(key))!])).toMatchObject({ kind: 'signed' });
  });

  it('has the form that others read', () => {
    // The example of C2SP signed-note.
    const line = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
    const read = readVerifierLine(line);
    expect(read && verifierLine(read)).toBe(line);
  });

  it('holds nothing else', () => {
    const line = verifierLine(key);
    const [name, id, encoded] = line.split('+') as [string, string, string];
    const others = [
      `${name}+00000000+${encoded}`,
      `${name} +${id}+${encoded}`,
      `${name}+${id}`,
      `${name}x+${id}+${encoded}`,
      '',
    ];
    expect(others.filter((other) => readVerifierLine(other))).toEqual([]);
    expect(() => noteKey('a name', ours.publicKey)).toThrow(/blanks/);
    const rsa = createPublicKey(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey);
    expect(() => noteKey('rsa', rsa)).toThrow(/Ed25519/);
  });
});

describe('a checkpoint', () => {
  it('is read as it was written', () => {
    const any = fc.record({
      origin: fc.stringMatching(/^[a-z0-9./-]{1,40}$/),
      size: fc.maxSafeNat(),
      head: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes)),
    });
    fc.assert(fc.property(any, (one) => expect(readCheckpoint(checkpointText(one))).toEqual(one)));
    expect(readCheckpoint(`${text}extension\n`)).toEqual(readCheckpoint(text));
  });

  it.each([
    text.replace('3', '03'),
    text.replace('3', '-3'),
    text.replace('3', '9999999999999999'),
    text.replace('=', ''),
    text.replace('Cs', 'C'),
    text.trimEnd(),
    `\n${text}`,
    `${text}\n`,
    'origin\n3\n',
  ])('is nothing else: %j', (odd) => expect(readCheckpoint(odd)).toBeUndefined());
});
