import { spawn } from "node:child_process";
import { once } from "node:events";
import { ResourceContext } from "resource-context";

export async function record(title: string, announce: (title: string) => Promise<void>): Promise<void> {
  const started = Date.now();

  const ctx = new ResourceContext();
  try {
    /**
   * Ends when the microphone is unplugged.
   */
    const recorder = ctx.process(spawn("arecord", [`${title}.wav`]));
    await announce(title);
    await once(recorder, "close");
    console.log(Date.now() - started);
  } finally {
    await ctx.disposeAsync();
  }
}
