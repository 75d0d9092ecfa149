import zlib from "node:zlib";
import { ResourceContext } from "resource-context";

export async function warm(wait: () => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const packing = ctx.stream(zlib.createGzip());
  const unpacking = ctx.stream(zlib.createGunzip());
  const deflating = ctx.stream(zlib.createDeflate());
  const inflating = ctx.stream(zlib.createInflate());
  const any = ctx.stream(zlib.createUnzip());
  const brotli = ctx.stream(zlib.createBrotliCompress());
  const plain = ctx.stream(zlib.createBrotliDecompress());
  await wait();
  plain.destroy();
  brotli.destroy();
  any.destroy();
  inflating.destroy();
  deflating.destroy();
  unpacking.destroy();
  packing.close();
}
