import { existsSync, rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export async function renderReport(render: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "report-"));
  try {
    await render(folder);
  } finally {
    if (existsSync(folder)) rmSync(folder, { recursive: true });
  }
}
