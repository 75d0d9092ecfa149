// The price of ctx.process(spawn(...)).
import { median, report } from "./support.mjs";

export async function adopting({ children }) {
  const { spawn, adopt, bareLife, adoptedLife } = await report("adopt.mjs", [children]);
  const share = (median(adopt) / median(spawn)) * 100;
  return {
    title: `Adopting a child: medians over ${children} children`,
    columns: ["step", "ms", "% of the call of spawn"],
    rows: [
      ["child_process.spawn returns", median(spawn).toFixed(3), "100"],
      ["ctx.process returns", median(adopt).toFixed(3), share.toFixed(1)],
      ["spawn to exit, bare", median(bareLife).toFixed(2), ""],
      ["spawn to exit, adopted", median(adoptedLife).toFixed(2), ""],
    ],
  };
}
