import { describe, expect, it } from "vitest";
import { run } from "../../src/run.js";
import { readCommand } from "../../src/options.js";
import type { Options } from "../../src/types.js";
import { project } from "../support/project.js";

const source = `import { openGate, Pool, takeTurn } from "gates";

export async function count(lane: string): Promise<number> {
  const pool = new Pool(lane);
  const gate = openGate(lane);
  const turn = takeTurn(lane);
  const cars = await pool.count(gate, turn);
  pool.end();
  return cars;
}
`;
const pool = { acquire: { module: "gates", construct: "Pool" }, release: [{ by: "method", name: "end" }] };
const gate = { acquire: { module: "gates", call: "openGate" }, release: [{ by: "method", name: "close" }] };

/** The options of a project whose configuration names these resources. */
async function optionsWith(...resources: readonly unknown[]): Promise<Options> {
  const root = project({
    "package.json": `{ "type": "module" }`,
    "resource-codemod.config.json": JSON.stringify({ resources }),
    "src/count.ts": source,
  });
  const command = await readCommand([], root);
  if (command.command !== "run") throw new Error("expected a run");
  return command.options;
}

async function sitesOf(options: Options): Promise<readonly string[]> {
  const { files } = await run(options);
  return files.flatMap(({ findings }) => findings.map(({ acquisition }) => acquisition.api));
}

describe("two runs in one process, each with resources of its own", () => {
  it("know nothing of each other, one after the other", async () => {
    const [pools, gates, none] = [await optionsWith(pool), await optionsWith(gate), await optionsWith()];
    expect(await sitesOf(pools)).toEqual(["gates#Pool"]);
    expect(await sitesOf(gates)).toEqual(["gates#openGate"]);
    expect(await sitesOf(pools)).toEqual(["gates#Pool"]);
    expect(await sitesOf(none).catch((error: unknown) => String(error))).toEqual([]);
  });

  it("know nothing of each other, at the same time", async () => {
    const all = await Promise.all([optionsWith(pool), optionsWith(gate), optionsWith(pool, gate)]);
    expect(await Promise.all(all.map(sitesOf))).toEqual([
      ["gates#Pool"],
      ["gates#openGate"],
      ["gates#Pool", "gates#openGate"],
    ]);
  });
});
