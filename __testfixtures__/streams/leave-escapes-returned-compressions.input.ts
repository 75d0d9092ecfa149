import * as zlib from "node:zlib";

export function compressor(encoding: string) {
  if (encoding === "br") return zlib.createBrotliCompress();
  return encoding === "gzip" ? zlib.createGzip() : zlib.createDeflate();
}

export function decompressor(encoding: string) {
  if (encoding === "br") return zlib.createBrotliDecompress();
  if (encoding === "deflate") return zlib.createInflate();
  return encoding === "gzip" ? zlib.createGunzip() : zlib.createUnzip();
}
