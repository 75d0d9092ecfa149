import { exec } from "node:child_process";
import { ResourceContext } from "resource-context";

export const authorName = (): Promise<string> =>
  new Promise((resolve) => {
    const child = exec("git config user.name", (_error, name) => {
      if (name.trim() !== "") {
        return resolve(name.trim());
      }
      const child2 = exec("whoami", (_unknown, user) => {
        const known = user.trim();
        resolve(known === "" ? "somebody" : known);
      });
      ResourceContext.root.process(child2);
    });
    ResourceContext.root.process(child);
  });
