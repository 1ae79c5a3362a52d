/** Just enough of PNG, GIF and JPEG to know what a picture is and how large. */

export interface Picture {
  type: 'image/png' | 'image/gif' | 'image/jpeg';
  width: number;
  height: number;
}

const startsWith = (bytes: Uint8Array, ...start: number[]): boolean => start.every((one, index) => bytes[index] === one);

/** Segments of a JPEG that tell its size: start of frame, but for the three numbers between that mean something else. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

function jpegSize(view: DataView): { width: number; height: number } | undefined {
  for (let at = 2; at + 9 <= view.byteLength && view.getUint8(at) === 0xff; at += 2 + view.getUint16(at + 2)) {
    if (isFrame(view.getUint8(at + 1))) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
  }
  return undefined;
}

/** What the bytes are, whatever they were said to be; undefined for no picture that Jira takes. */
export function readPicture(bytes: Uint8Array): Picture | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (startsWith(bytes, 0x89, 0x50, 0x4e, 0x47) && bytes.length >= 24) {
    return { type: 'image/png', width: view.getUint32(16), height: view.getUint32(20) };
  }
  if (startsWith(bytes, 0x47, 0x49, 0x46, 0x38) && bytes.length >= 10) {
    return { type: 'image/gif', width: view.getUint16(6, true), height: view.getUint16(8, true) };
  }
  const size = startsWith(bytes, 0xff, 0xd8) ? jpegSize(view) : undefined;
  return size && { type: 'image/jpeg', ...size };
}
