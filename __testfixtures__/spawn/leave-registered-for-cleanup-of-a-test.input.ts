import { spawn } from "node:child_process";

interface Test {
  after(release: () => void): void;
}

export function withDatabase(test: Test): void {
  const database = spawn("postgres", ["-D", "data"]);
  test.after(() => void database.kill("SIGINT"));
}
