import { main } from "../../src/commands/main.js";

/** What the command says and how it ends, in this process: the same entry, without the start of a new one. */
export async function inProcess(
  root: string,
  ...argv: readonly string[]
): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  let stdout = "";
  let stderr = "";
  const code = await main({
    argv,
    folder: root,
    terminal: null,
    print: (text) => void (stdout += text),
    tell: (message) => void (stderr += `resource-codemod: ${message}\n`),
    isColoured: false,
    progress: () => undefined,
    clearProgress: () => undefined,
    holdSignals: () => undefined,
  });
  return { code, stdout, stderr };
}
