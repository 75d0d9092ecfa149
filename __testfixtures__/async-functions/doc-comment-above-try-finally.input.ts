import { spawn } from "node:child_process";
import { once } from "node:events";

export async function record(title: string, announce: (title: string) => Promise<void>): Promise<void> {
  const started = Date.now();

  /**
   * Ends when the microphone is unplugged.
   */
  const recorder = spawn("arecord", [`${title}.wav`]);
  await announce(title);
  await once(recorder, "close");
  console.log(Date.now() - started);
}
