/** The messages between this browser and the room of a map: the list is in Python's `desireline.live.messages`. */
export const Kind = { hello: 0, state: 1, update: 2, saved: 3, refused: 4, presence: 5, told: 6 } as const;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function withBody(kind: number, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const message = new Uint8Array(body.length + 1);
  message[0] = kind;
  message.set(body, 1);
  return message;
}

export function withJson(kind: number, value: unknown): Uint8Array<ArrayBuffer> {
  return withBody(kind, encoder.encode(JSON.stringify(value)));
}

export function numbered(kind: number, seq: number, body: Uint8Array = new Uint8Array()): Uint8Array<ArrayBuffer> {
  const number: number[] = [];
  let rest = seq;
  while (rest > 0x7f) {
    number.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  number.push(rest);
  const message = new Uint8Array(1 + number.length + body.length);
  message[0] = kind;
  message.set(number, 1);
  message.set(body, 1 + number.length);
  return message;
}

/** The number that a message begins with, after its kind, and what comes after it. */
export function readNumber(message: Uint8Array): [number, Uint8Array] {
  let number = 0;
  let place = 0;
  while (place < 8) {
    const byte = message[1 + place]!;
    number += (byte & 0x7f) * 2 ** (7 * place);
    place++;
    if (byte < 0x80) break;
  }
  return [number, message.subarray(1 + place)];
}

export function readJson<T>(message: Uint8Array): T {
  return JSON.parse(decoder.decode(message.subarray(1))) as T;
}
