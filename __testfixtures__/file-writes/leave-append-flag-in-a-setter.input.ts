import { writeFileSync } from "node:fs";

export const log = {
  set line(line: string) {
    writeFileSync("server.log", line, { flag: "a" });
  },
};
