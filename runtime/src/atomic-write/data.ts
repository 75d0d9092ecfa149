import * as fs from "node:fs";
import { once } from "./calls.js";
import { shortWrite, throwIfAborted } from "./errors.js";
import type { Payload, Piece, Settings, Source } from "./request.js";

/** `fs.writeFile` looks at the signal this often. */
const ABORTABLE_CHUNK = 512 * 1024;
/** Below the 2 GiB that one write call may take. */
const CHUNK = 64 * 1024 * 1024;

/** Writes all of `payload` and answers how many bytes that was. */
export async function writePayload(fd: number, payload: Payload, settings: Settings): Promise<number> {
  if (payload instanceof Uint8Array) return writeBytes(fd, payload, settings.signal);
  return writeSource(fd, payload, settings);
}

/** All of it in memory. */
export async function collect(payload: Payload, settings: Settings): Promise<Uint8Array> {
  if (payload instanceof Uint8Array) return payload;
  const pieces: Uint8Array[] = [];
  for await (const piece of payload) {
    throwIfAborted(settings.signal);
    pieces.push(toBytes(piece, settings.encoding));
  }
  return Buffer.concat(pieces);
}

/** @see writePayload */
export function writeBytesSync(fd: number, bytes: Uint8Array): number {
  for (let done = 0; done < bytes.byteLength;) {
    const size = Math.min(CHUNK, bytes.byteLength - done);
    done += progress(fs.writeSync(fd, bytes, done, size), size);
  }
  return bytes.byteLength;
}

async function writeSource(fd: number, source: Source, settings: Settings): Promise<number> {
  let total = 0;
  for await (const piece of source) {
    throwIfAborted(settings.signal);
    total += await writeBytes(fd, toBytes(piece, settings.encoding), settings.signal);
  }
  return total;
}

async function writeBytes(fd: number, bytes: Uint8Array, signal?: AbortSignal): Promise<number> {
  const chunk = signal ? ABORTABLE_CHUNK : CHUNK;
  for (let done = 0; done < bytes.byteLength;) {
    throwIfAborted(signal);
    const size = Math.min(chunk, bytes.byteLength - done);
    const from = done;
    done += progress(await once<number>((end) => fs.write(fd, bytes, from, size, null, end)), size);
  }
  return bytes.byteLength;
}

/** A write may take less than it was given: a full disk, a limit. The next one then gets the error. */
function progress(written: number, wanted: number): number {
  if (written === 0 && wanted > 0) throw shortWrite(wanted, 0);
  return written;
}

/** A piece of another type makes `Buffer.from` throw, as it does in `fs`. */
function toBytes(piece: Piece, encoding: BufferEncoding): Uint8Array {
  if (ArrayBuffer.isView(piece)) return new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength);
  return Buffer.from(piece, encoding);
}
