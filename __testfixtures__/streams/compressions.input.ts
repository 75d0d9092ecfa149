import zlib from "node:zlib";

export async function warm(wait: () => Promise<void>): Promise<void> {
  const packing = zlib.createGzip();
  const unpacking = zlib.createGunzip();
  const deflating = zlib.createDeflate();
  const inflating = zlib.createInflate();
  const any = zlib.createUnzip();
  const brotli = zlib.createBrotliCompress();
  const plain = zlib.createBrotliDecompress();
  await wait();
  plain.destroy();
  brotli.destroy();
  any.destroy();
  inflating.destroy();
  deflating.destroy();
  unpacking.destroy();
  packing.close();
}
