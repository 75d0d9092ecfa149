// The packed tarballs are what users get: publint and attw look at them, and all are installed and run.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

const run = (command, args, options = {}) => execFileSync(command, args, { stdio: "inherit", ...options });
const packages = [
  { name: "resource-context", folder: "runtime", attw: [] },
  // The command is ESM only; its transforms are loaded by jscodeshift, which can require ESM.
  { name: "resource-codemod", folder: ".", attw: ["--profile", "esm-only"] },
  // A flat configuration imports its plugins.
  { name: "eslint-plugin-resource-context", folder: "eslint-plugin", attw: ["--profile", "esm-only"] },
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

/** Installs them into an empty project and uses them as a user would. */
function install(tarballs) {
  const cwd = path.join(work, "project");
  execFileSync("mkdir", [cwd]);
  writeFileSync(path.join(cwd, "package.json"), '{ "name": "project", "private": true, "type": "module" }\n');
  // The version that the repository has, so that both see the same ESLint.
  const eslint = `eslint@${read("node_modules/eslint/package.json").version}`;
  run("npm", ["install", "--silent", "--no-audit", "--no-fund", ...tarballs, eslint], { cwd });
  writeFileSync(
    path.join(cwd, "build.js"),
    'import { exec } from "node:child_process";\nexec("true", () => console.log("done"));\n',
  );
  lint(cwd);
  run("npx", ["resource-codemod", "--write", "--allow-no-vcs", "--no-install"], { cwd });
  const output = execFileSync("node", ["build.js"], { cwd, encoding: "utf8" });
  if (output !== "done\n")
    throw new Error(`The rewritten program printed ${JSON.stringify(output)} instead of "done".`);
  const entries = Object.entries(read("runtime/package.json").exports).filter(
    ([, at]) => typeof at === "object",
  );
  for (const [subpath] of entries) {
    const name = `resource-context${subpath.slice(1)}`;
    for (const load of [`import("${name}")`, `Promise.resolve(require("${name}"))`])
      run("node", ["--input-type=commonjs", "-e", `${load}.then((all) => { ${check(subpath)} });`], { cwd });
  }
}

/** The plugin finds the site that the command is about to rewrite. */
function lint(cwd) {
  writeFileSync(
    path.join(cwd, "eslint.config.mjs"),
    'import plugin from "eslint-plugin-resource-context";\nexport default [plugin.configs.recommended];\n',
  );
  const { stdout, stderr } = spawnSync("npx", ["eslint", "--format", "json", "build.js"], {
    cwd,
    encoding: "utf8",
  });
  const rules = stdout === "" ? stderr : JSON.parse(stdout)[0].messages.map(({ ruleId }) => ruleId);
  if (String(rules) !== "resource-context/unmanaged-child-process")
    throw new Error(`The plugin reported ${JSON.stringify(rules)}.`);
}

/** What a program does with an entry that it has loaded; the core must have its class, the others something. */
function check(subpath) {
  const isThere =
    subpath === "." ? 'typeof all.ResourceContext === "function"' : "Object.keys(all).length > 0";
  return `if (!(${isThere})) process.exit(1);`;
}

function read(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}
