// The packed tarballs are what users get: publint and attw look at them, and both are installed and run.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

const run = (command, args, options = {}) => execFileSync(command, args, { stdio: "inherit", ...options });
const packages = [
  { name: "resource-context", folder: "runtime", attw: [] },
  // The command is ESM only; its transforms are loaded by jscodeshift, which can require ESM.
  { name: "resource-codemod", folder: ".", attw: ["--profile", "esm-only"] },
];

const work = mkdtempSync(path.join(os.tmpdir(), "packages-"));
try {
  const tarballs = packages.map(({ folder, attw }) => {
    run("npx", ["publint", "--strict", folder]);
    const [{ filename }] = JSON.parse(
      execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", work], {
        cwd: folder,
        encoding: "utf8",
      }),
    );
    const tarball = path.join(work, filename);
    run("npx", ["attw", tarball, ...attw]);
    return tarball;
  });
  install(tarballs);
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** Installs both into an empty project and uses them as a user would. */
function install(tarballs) {
  const cwd = path.join(work, "project");
  execFileSync("mkdir", [cwd]);
  writeFileSync(path.join(cwd, "package.json"), '{ "name": "project", "private": true, "type": "module" }\n');
  run("npm", ["install", "--silent", "--no-audit", "--no-fund", ...tarballs], { cwd });
  writeFileSync(
    path.join(cwd, "build.js"),
    'import { exec } from "node:child_process";\nexec("true", () => console.log("done"));\n',
  );
  run("npx", ["resource-codemod", "--write", "--allow-no-vcs", "--no-install"], { cwd });
  const output = execFileSync("node", ["build.js"], { cwd, encoding: "utf8" });
  if (output !== "done\n")
    throw new Error(`The rewritten program printed ${JSON.stringify(output)} instead of "done".`);
  for (const load of ['import("resource-context")', 'Promise.resolve(require("resource-context"))'])
    run(
      "node",
      [
        "--input-type=commonjs",
        "-e",
        `${load}.then((all) => { if (typeof all.ResourceContext !== "function") process.exit(1); })`,
      ],
      { cwd },
    );
}
