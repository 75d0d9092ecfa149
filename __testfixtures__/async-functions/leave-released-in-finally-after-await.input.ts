import { spawn } from "node:child_process";
import { once } from "node:events";

export async function withRedis(port: number, test: () => Promise<void>): Promise<void> {
  const redis = spawn("redis-server", ["--port", String(port)]);
  try {
    await test();
  } finally {
    redis.kill();
    await once(redis, "close");
  }
}
