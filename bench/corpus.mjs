// The source files the benchmark runs over: published packages, pinned, unpacked into one git repository.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";

/** Packages that ship hand-written JavaScript or their TypeScript sources. */
const packages = [
  "effect@3.18.4",
  "rxjs@7.8.2",
  "mongodb@6.20.0",
  "@grpc/grpc-js@1.14.0",
  "@puppeteer/browsers@2.10.10",
  "puppeteer-core@24.22.0",
  "webpack@5.101.3",
  "eslint@9.36.0",
  "npm@11.6.0",
  "firebase-tools@14.17.0",
  "nx@21.5.3",
  "lerna@8.2.4",
  "serverless@3.40.0",
  "node-gyp@11.4.2",
  "node-pty@1.0.0",
  "typeorm@0.3.27",
  "three@0.180.0",
  "core-js@3.45.1",
  "zod@4.1.11",
  "fs-extra@11.3.2",
];

/** Unpacks the packages below `folder`, once, and returns the folder. */
export function prepareCorpus(folder) {
  mkdirSync(folder, { recursive: true });
  if (!existsSync(path.join(folder, ".git"))) execFileSync("git", ["init", "-q", folder]);
  for (const name of packages) {
    const target = path.join(folder, name.replace("/", "__"));
    if (existsSync(target)) continue;
    const [{ filename }] = JSON.parse(
      execFileSync("npm", ["pack", name, "--json", "--silent"], { cwd: folder, encoding: "utf8" }),
    );
    mkdirSync(target);
    execFileSync("tar", ["-xzf", path.join(folder, filename), "-C", target, "--strip-components=1"]);
    rmSync(path.join(folder, filename));
    // What an install would put elsewhere: bundled dependencies and type declarations are nobody's source.
    rmSync(path.join(target, "node_modules"), { recursive: true, force: true });
  }
  return folder;
}

/** How many files of the known extensions the corpus holds. */
export function countSources(folder) {
  return readdirSync(folder, { recursive: true }).filter(
    (name) => /\.[cm]?[jt]sx?$/.test(name) && !/\.d\.[cm]?ts$/.test(name),
  ).length;
}
