// 10,000 disposals, on each stack there is. The best of the rounds is what the code costs; the rest is the machine.
import { nodeBinary } from "../../runtime/test/other-nodes.mjs";
import { median, report } from "./support.mjs";

export async function disposals({ rounds }) {
  const own = `Node ${process.versions.node.split(".")[0]}`;
  const subjects = [
    ["native", "Node 24", nodeBinary("24")],
    ["native", "Node 26", nodeBinary("26")],
    ["core-js", own, process.execPath],
    ["ours", own, process.execPath],
    ["ours", "Node 24", nodeBinary("24")],
  ];
  const rows = [];
  for (const [which, on, node] of subjects) {
    if (node === undefined) {
      rows.push([`${which}, ${on}`, "not installed", "", "", ""]);
      continue;
    }
    const times = Object.values(await report("disposals.mjs", [which, rounds], { node }));
    rows.push([
      `${which}, ${on}`,
      ...times.flatMap((one) => [Math.min(...one).toFixed(1), median(one).toFixed(1)]),
    ]);
  }
  return {
    title: `10,000 disposals, ms, ${rounds} rounds`,
    columns: ["stack", "plain, best", "plain, median", "promises, best", "promises, median"],
    rows,
  };
}
