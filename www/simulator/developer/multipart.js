/**
 * A form with a file in it (RFC 7578), as browsers send it.
 * @module
 */

/** @typedef {import('../types.js').Request} Request */

/** The console's forms have three. Whoever sends half a million would keep everybody else waiting. */
const MOST_PARTS = 10;

/**
 * @param {Pick<Request, 'headers' | 'bytes'>} request
 * @returns {{ fields: URLSearchParams, file: Buffer | undefined }} the last file, if one was chosen
 */
export function filePart({ headers, bytes }) {
  const fields = new URLSearchParams();
  /** @type {Buffer | undefined} */
  let file;
  const [, quoted, plain] = /^multipart\/form-data;.*?boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(headers['content-type'] ?? '') ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) return { fields, file };
  for (const part of parts(bytes, `--${boundary}`)) {
    const end = part.indexOf('\r\n\r\n');
    const head = part.subarray(0, Math.max(end, 0)).toString('utf8');
    const name = /(?:^|[;\s])name="([^"]*)"/i.exec(head)?.[1];
    if (end < 0 || name === undefined) continue;
    const content = part.subarray(end + 4);
    if (!/filename="/i.test(head)) fields.append(name, content.toString('utf8'));
    else if (content.length > 0) file = content;
  }
  return { fields, file };
}

/**
 * @param {Buffer} bytes
 * @param {string} delimiter
 */
function parts(bytes, delimiter) {
  /** @type {Buffer[]} */
  const found = [];
  let begin = bytes.indexOf(delimiter);
  while (begin >= 0 && found.length < MOST_PARTS) {
    const next = bytes.indexOf(`\r\n${delimiter}`, begin + delimiter.length);
    if (next < 0) break;
    // After the delimiter and its line break.
    found.push(bytes.subarray(begin + delimiter.length + 2, next));
    begin = next + 2;
  }
  return found;
}
