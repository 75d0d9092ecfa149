import { exec } from "node:child_process";

export function tunnel(port: number): () => boolean {
  const ssh = exec(`ssh -N -L ${port}:localhost:${port} gateway`);
  return () => ssh.kill();
}
