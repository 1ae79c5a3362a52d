/** Letters of a file: in which encoding it was saved, as far as its bytes tell. Pure. */

export const ENCODINGS = ['UTF-8', 'UTF-16LE', 'UTF-16BE', 'Windows-1252', 'Windows-1250'] as const;
export type Encoding = (typeof ENCODINGS)[number];

const begins = (bytes: Uint8Array, ...marks: number[]): boolean => marks.every((mark, index) => bytes[index] === mark);
const LOOKED_AT = 4_000;

/** A file of two bytes a letter has a nought at every other place, where its words are Latin. */
function noughts(bytes: Uint8Array): 'UTF-16LE' | 'UTF-16BE' | undefined {
  const some = bytes.subarray(0, LOOKED_AT);
  const at = [0, 0];
  some.forEach((byte, index) => {
    if (byte === 0) at[index % 2] = (at[index % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = at;
  const many = some.length / 5;
  if (odd > many && even < many / 10) return 'UTF-16LE';
  return even > many && odd < many / 10 ? 'UTF-16BE' : undefined;
}

export function encodingOf(bytes: Uint8Array): Encoding {
  if (begins(bytes, 0xef, 0xbb, 0xbf)) return 'UTF-8';
  if (begins(bytes, 0xff, 0xfe)) return 'UTF-16LE';
  if (begins(bytes, 0xfe, 0xff)) return 'UTF-16BE';
  const wide = noughts(bytes);
  if (wide) return wide;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return 'UTF-8';
  } catch {
    return 'Windows-1252';
  }
}

/** What cannot be read becomes U+FFFD, and its line is refused. */
export const textOf = (bytes: Uint8Array, encoding: Encoding): string => new TextDecoder(encoding).decode(bytes);
