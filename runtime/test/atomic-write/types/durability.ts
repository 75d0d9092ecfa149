// The one option `fs` does not have.
import { atomicWriteFile, atomicWriteFileSync, type Durability } from "../../../src/atomic-write/index.js";

declare const durability: Durability | undefined;

export async function durable(): Promise<void> {
  await atomicWriteFile("a", "b", { durability: "full", mode: 0o600 });
  await atomicWriteFile("a", "b", { durability });
  atomicWriteFile("a", "b", { durability: "none", encoding: "utf8" }, () => undefined);
  atomicWriteFileSync("a", "b", { durability: "file", flush: true });
  // @ts-expect-error not one of the three
  atomicWriteFileSync("a", "b", { durability: "forever" });
}
