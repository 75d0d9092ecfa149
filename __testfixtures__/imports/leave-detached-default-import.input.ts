import childProcess from "node:child_process";

export function openEditor(path: string): void {
  childProcess.spawn(process.env["EDITOR"] ?? "vi", [path], { detached: true }).unref();
}
