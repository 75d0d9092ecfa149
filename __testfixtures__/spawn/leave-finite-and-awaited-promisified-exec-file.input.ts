import cp from "child_process";
import util from "util";

export const diskUsage = async (folder: string): Promise<number> => {
  const { stdout } = await util.promisify(cp.execFile)("du", ["-s", folder]);
  return Number.parseInt(stdout, 10);
};
