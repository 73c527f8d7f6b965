/** A client of WebSocket (RFC 6455) for text: Node 20 has none of its own. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface TextSocket {
  onText: (text: string) => void;
  readonly send: (text: string) => void;
}

const FINAL = 0x80;
const MASKED = 0x80;
const TEXT = 1;
const OPCODES_OF_DATA = [0, TEXT];

/** @param address - ws:, not wss:. @throws Error where the server does not answer as one. */
export async function connectWebSocket(address: string): Promise<TextSocket> {
  const { hostname, port, host, pathname } = new URL(address);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  const key = randomBytes(16).toString('base64');
  socket.write(
    `GET ${pathname} HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      `Sec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
  );
  const client: TextSocket = { onText: () => undefined, send: (text) => void socket.write(frame(Buffer.from(text))) };
  await readFrames(socket, (text) => {
    client.onText(text);
  });
  return client;
}

/** One whole message in one frame (section 5.2): its length in as few bytes as it takes, masked as a client has to. */
function frame(payload: Buffer): Buffer {
  const { length } = payload;
  const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  head[0] = FINAL | TEXT;
  head[1] = MASKED | (head.length === 2 ? length : head.length === 4 ? 126 : 127);
  if (head.length === 4) head.writeUInt16BE(length, 2);
  if (head.length === 10) head.writeBigUInt64BE(BigInt(length), 2);
  const mask = randomBytes(4);
  return Buffer.concat([head, mask, payload.map((byte, i) => byte ^ mask[i % 4]!)]);
}

/** Resolves when the server has agreed; goes on calling back with each whole text message. */
function readFrames(socket: Socket, onText: (text: string) => void): Promise<void> {
  let rest: Buffer = Buffer.alloc(0);
  let parts: Buffer[] = [];
  let isOpen = false;
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('data', (chunk) => {
      rest = Buffer.concat([rest, chunk]);
      if (!isOpen) {
        const end = rest.indexOf('\r\n\r\n');
        if (end < 0) return;
        const answer = rest.subarray(0, end).toString();
        rest = rest.subarray(end + 4);
        if (!answer.startsWith('HTTP/1.1 101')) {
          reject(new Error(answer));
          return;
        }
        isOpen = true;
        resolve();
      }
      for (let next = takeFrame(rest); next !== null; next = takeFrame(rest)) {
        rest = next.rest;
        if (!OPCODES_OF_DATA.includes(next.opcode)) continue;
        parts.push(next.payload);
        if (!next.isFinal) continue;
        onText(Buffer.concat(parts).toString());
        parts = [];
      }
    });
  });
}

/** The first frame of the bytes and what follows it; null while it is not all there. A server's frames are not masked. */
function takeFrame(bytes: Buffer) {
  if (bytes.length < 2) return null;
  const short = bytes[1]! & 0x7f;
  const headLength = short === 127 ? 10 : short === 126 ? 4 : 2;
  if (bytes.length < headLength) return null;
  const length = short === 127 ? Number(bytes.readBigUInt64BE(2)) : short === 126 ? bytes.readUInt16BE(2) : short;
  if (bytes.length < headLength + length) return null;
  return {
    opcode: bytes[0]! & 0x0f,
    isFinal: (bytes[0]! & FINAL) !== 0,
    payload: bytes.subarray(headLength, headLength + length),
    rest: bytes.subarray(headLength + length),
  };
}
