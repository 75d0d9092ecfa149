import { describe, expect, expectTypeOf, it } from "vitest";
import type { ManagedResource } from "../../src/index.js";
import {
  AtomicFileWriter,
  atomicFileWrite,
  type AtomicWriteResult,
  BatchFileOperations,
  type BatchResult,
  type DecodedText,
  LockedFileResource,
  resolveInside,
  resolveInsideSync,
  type SafeDirectoryCreator,
  type SafeFileOperations,
  withLockedFile,
  withSafeDirectory,
} from "../../src/files/index.js";

/** Compiled and never run. */
export async function refusals(writer: AtomicFileWriter, lock: LockedFileResource): Promise<void> {
  // @ts-expect-error -- neither text nor bytes
  await writer.write({ order: 1 });
  // @ts-expect-error -- a number is no text
  await lock.update(() => 7);
  // @ts-expect-error -- there is no such durability
  new AtomicFileWriter("report", { durability: "maybe" });
  // @ts-expect-error -- there is no such option
  new LockedFileResource("report", { stale: 10_000 });
  // @ts-expect-error -- a folder, and not its options, comes first
  new BatchFileOperations({ root: "site" });
  // @ts-expect-error -- the value is there to be read
  lock.value = "elsewhere";
}

describe("the types of resource-context/files", () => {
  it("hold as resources what is opened and closed", () => {
    type Resource = AtomicFileWriter | LockedFileResource | SafeDirectoryCreator;
    expectTypeOf<Resource>().toExtend<ManagedResource<string>>();
    expectTypeOf<AtomicFileWriter>().toExtend<AsyncDisposable>();
    expectTypeOf<LockedFileResource["signal"]>().toEqualTypeOf<AbortSignal>();
    expect(refusals).toBeTypeOf("function");
  });

  it("say what each call gives", () => {
    expectTypeOf<AtomicFileWriter["commit"]>().returns.resolves.toEqualTypeOf<AtomicWriteResult>();
    expectTypeOf<AtomicWriteResult["how"]>().toEqualTypeOf<"replaced" | "in place" | "superseded">();
    expectTypeOf<LockedFileResource["read"]>().returns.resolves.toExtend<Uint8Array>();
    expectTypeOf<LockedFileResource["update"]>().returns.resolves.toBeString();
    expectTypeOf<BatchFileOperations["write"]>().returns.toEqualTypeOf<BatchFileOperations>();
    expectTypeOf<BatchFileOperations["commit"]>().returns.resolves.toEqualTypeOf<readonly BatchResult[]>();
    expectTypeOf<SafeFileOperations["decode"]>().returns.resolves.toEqualTypeOf<DecodedText>();
    expectTypeOf(resolveInside).returns.resolves.toBeString();
    expectTypeOf(resolveInsideSync).returns.toBeString();
  });

  it("give back what the body gives", () => {
    const answers = {
      lock: () => withLockedFile("count", { timeout: 5 }, (lock) => lock.path.length),
      folder: () => withSafeDirectory("new", {}, async (folder) => ({ folder })),
      writer: () => atomicFileWrite("report", {}, (writer) => writer.write("line")),
    };
    expectTypeOf(answers.lock).returns.resolves.toBeNumber();
    expectTypeOf(answers.folder).returns.resolves.toEqualTypeOf<{ folder: string }>();
    expectTypeOf(answers.writer).returns.resolves.toBeVoid();
  });
});
