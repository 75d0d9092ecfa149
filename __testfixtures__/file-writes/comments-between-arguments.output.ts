import { atomicWriteFileSync } from "resource-context";

export function saveRoutes(routes: readonly string[]): void {
  atomicWriteFileSync(
    // read by the proxy at start-up
    "routes.txt",
    routes.join("\n"), /* one per line */
  );
}
