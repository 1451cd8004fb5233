/** A flag for compression, and the length. */
const HEADER = 5;

/**
 * Messages that go out in one write. gRPC makes a write to the socket of each message, which costs more than the message itself.
 * All that it asks of a message's bytes is how many there are, and to copy themselves behind the header that it has written: this
 * corrects that header to the first message, and puts one before each of the others.
 */
export class OneWrite {
  readonly byteLength: number;

  constructor(private readonly messages: readonly Buffer[]) {
    const bytes = messages.reduce((sum, { length }) => sum + HEADER + length, 0);
    this.byteLength = bytes - HEADER;
  }

  copy(target: Buffer, start: number): number {
    let offset = start - HEADER;
    for (const message of this.messages) {
      target[offset] = 0;
      target.writeUInt32BE(message.length, offset + 1);
      message.copy(target, offset + HEADER);
      offset += HEADER + message.length;
    }
    return this.byteLength;
  }
}
