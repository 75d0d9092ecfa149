import { exec } from "node:child_process";

export const authorName = (): Promise<string> =>
  new Promise((resolve) => {
    exec("git config user.name", (_error, name) => {
      if (name.trim() !== "") {
        return resolve(name.trim());
      }
      exec("whoami", (_unknown, user) => {
        const known = user.trim();
        resolve(known === "" ? "somebody" : known);
      });
    });
  });
