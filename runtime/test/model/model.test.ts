import * as fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { CleanupError } from "../../src/index.js";
import { steps } from "./step.js";
import { Walk } from "./walk.js";

const RUNS = process.env["RESOURCE_FAULTS"] === "long" ? 200_000 : 10_000;

/** Collects what would be printed as warnings, without their being printed thousands of times. */
function collectWarnings() {
  const reported: string[] = [];
  const spy = vi.spyOn(process, "emitWarning").mockImplementation((warning) => {
    if (!(warning instanceof CleanupError)) throw new Error(`An unexpected warning: ${String(warning)}`);
    for (const error of warning.errors) reported.push(error instanceof Error ? error.message : String(error));
  });
  return { reported, [Symbol.dispose]: () => spy.mockRestore() };
}

describe("a ResourceContext does what a simple model of it does", () => {
  it(`over ${RUNS} random programs: acquire, disown, move, nest, group, dispose either way and concurrently, fail, come late`, async () => {
    let taken = 0;
    const property = fc.asyncProperty(steps, async (program) => {
      using warnings = collectWarnings();
      const walk = new Walk(warnings.reported);
      for (const step of program) await walk.take(step);
      await walk.finish();
      taken += program.length;
    });
    const begin = performance.now();
    await fc.assert(property, { numRuns: RUNS });
    const seconds = (performance.now() - begin) / 1000;
    console.log(`${RUNS} programs, ${taken} steps, ${seconds.toFixed(1)} s`);
    expect(taken).toBeGreaterThan(RUNS * 3);
  }, 3_600_000);
});
