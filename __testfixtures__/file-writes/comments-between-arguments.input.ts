import fs from "fs";

export function saveRoutes(routes: readonly string[]): void {
  fs.writeFileSync(
    // read by the proxy at start-up
    "routes.txt",
    routes.join("\n"), /* one per line */
  );
}
