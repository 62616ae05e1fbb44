// A message's frame: uint32 header length | JSON header | numbers, all little-endian.

/**
 * Raw bytes as Uint8Array, whichever way the host hands them over; null when there are none yet.
 * @param {unknown} data
 * @returns {Uint8Array | null}
 */
function toBytes(data) {
  if (data instanceof Uint8Array) return data;
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (Object.prototype.toString.call(data) === "[object ArrayBuffer]")
    return new Uint8Array(/** @type {ArrayBuffer} */ (data));
  return null;
}

/**
 * The header and the bytes after it, aligned so that floats can be read in place; null while there is no message.
 * Throws on anything that is not a message of this version.
 * @param {unknown} data
 * @param {number} version
 * @returns {Message | null}
 */
export function openMessage(data, version) {
  let bytes = toBytes(data);
  if (bytes === null || bytes.byteLength < 4) return null;
  // A Float32Array must start at a multiple of four bytes, which a view into a message need not do.
  if (bytes.byteOffset % 4) bytes = bytes.slice();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = 4 + view.getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, start)));
  if (header.version !== version) throw new Error(`payload version ${header.version}, expected ${version}`);
  return { header, blob: bytes.subarray(start) };
}

/**
 * Floats of a blob from a byte onwards.
 * @param {Uint8Array} blob
 * @param {number} offset
 * @param {number} length
 */
export function floats(blob, offset, length) {
  return new Float32Array(blob.buffer, blob.byteOffset + offset, length);
}
