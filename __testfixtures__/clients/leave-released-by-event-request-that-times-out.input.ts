import { get } from "node:http";

export function isUp(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = get(url, { timeout: 500 }, (answer) => resolve(answer.statusCode === 200));
    asked.on("timeout", () => asked.destroy());
    asked.on("error", () => resolve(false));
  });
}
