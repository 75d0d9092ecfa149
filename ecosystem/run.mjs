// Real code that none of us wrote: pinned packages from the registry that ship their TypeScript sources.
// For each: no crash, every file accounted for, the second run empty, no new type error, and the counts
// as they were last time. `--update` writes the counts anew.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const cli = path.join(root, "dist/src/cli.js");
const isUpdate = process.argv.includes("--update");

const projects = [
  {
    name: "@puppeteer/browsers",
    version: "2.10.10",
    folder: "src",
    install: [
      "typescript@5.9.2",
      "@types/node@20.19.11",
      "@types/yargs@17.0.33",
      "@types/debug@4.1.12",
      "@types/semver@7.7.0",
      "@types/tar-fs@2.0.4",
      "@types/progress@2.0.7",
    ],
  },
  // Plain CommonJS: nothing to type-check.
  { name: "nodemon", version: "3.1.10", folder: "lib", install: [] },
];

const work = mkdtempSync(path.join(os.tmpdir(), "ecosystem-"));
try {
  const failures = projects.flatMap((project) =>
    tryOn(project).map((failure) => `${project.name}: ${failure}`),
  );
  for (const failure of failures) console.error(failure);
  process.exitCode = failures.length === 0 ? 0 : 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}

function tryOn(project) {
  const folder = unpack(project);
  const codemod = (...args) => runCodemod(folder, ...args, project.folder);
  const failures = [];
  const expect = (ok, message) => ok || failures.push(message);
  const before = diagnostics(folder, project);
  const dry = codemod("--dry");
  expect(dry.code === 0 && dry.report.summary.failed === 0, `--dry exited with ${dry.code}: ${dry.stderr}`);
  expect(git(folder, "status", "--porcelain") === "", "--dry wrote something");
  const check = codemod("--check");
  expect(check.code === (dry.report.summary.changed > 0 ? 1 : 0), `--check exited with ${check.code}`);
  const write = codemod("--write", "--no-install", "--verify", "parse");
  expect(write.code === 0, `--write exited with ${write.code}: ${write.stderr}`);
  expect(
    git(folder, "diff", "--name-only").split("\n").filter(Boolean).length === dry.report.summary.changed,
    "--write changed other files than --dry showed",
  );
  git(folder, "commit", "-qam", "rewritten");
  const again = codemod("--check");
  expect(again.code === 0, `the second run still finds something: ${JSON.stringify(again.report.summary)}`);
  const added = diagnostics(folder, project).filter((one) => !before.includes(one));
  expect(added.length === 0, `new type errors:\n${added.join("\n")}`);
  failures.push(...compare(project, dry.report.summary));
  const { byVerdict, changed } = dry.report.summary;
  console.log(
    `${project.name}@${project.version}: ${changed} files changed, ${JSON.stringify(byVerdict)}, ${before.length} type errors before, ${added.length} new`,
  );
  return failures;
}

/** Unpacks the package into a git repository of its own, with what its sources need to be type-checked. */
function unpack({ name, version, install }) {
  const folder = path.join(work, name.replace("/", "__"));
  mkdirSync(folder);
  const [{ filename }] = JSON.parse(
    execFileSync("npm", ["pack", `${name}@${version}`, "--json", "--silent"], {
      cwd: work,
      encoding: "utf8",
    }),
  );
  execFileSync("tar", ["-xzf", path.join(work, filename), "-C", folder, "--strip-components=1"]);
  const manifest = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  // Its own development dependencies are workspaces and build tools that were never published.
  writeFileSync(
    path.join(folder, "package.json"),
    JSON.stringify({ ...manifest, devDependencies: {}, scripts: {} }, null, 2),
  );
  execFileSync(
    "npm",
    [
      "install",
      "--silent",
      "--no-audit",
      "--no-fund",
      "--ignore-scripts",
      ...install,
      path.join(root, "runtime"),
    ],
    { cwd: folder, stdio: ["ignore", "ignore", "inherit"] },
  );
  writeFileSync(path.join(folder, ".gitignore"), "node_modules\n");
  for (const args of [
    ["init", "-q"],
    ["config", "user.name", "ecosystem"],
    ["config", "user.email", "ecosystem@example.com"],
    ["add", "-A"],
    ["commit", "-qm", "published"],
  ])
    git(folder, ...args);
  return folder;
}

function git(cwd, ...args) {
  return execFileSync("git", args, { cwd, encoding: "utf8" });
}

function runCodemod(cwd, ...args) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [cli, ...args, "--safety", "likely", "--reporter", "json"],
    { cwd, encoding: "utf8", maxBuffer: 1e9 },
  );
  if (status === 2 || stdout === "")
    throw new Error(
      `resource-codemod ${args.join(" ")} exited with ${status}: ${stderr}${stdout.slice(0, 2000)}`,
    );
  return { code: status, report: JSON.parse(stdout), stderr };
}

/** Messages without positions: a line that moved is not a new error. */
function diagnostics(cwd, { install, folder }) {
  if (install.length === 0) return [];
  const args = [
    "tsc",
    "--noEmit",
    "--pretty",
    "false",
    "--target",
    "es2022",
    "--module",
    "nodenext",
    "--strict",
    "--skipLibCheck",
    "false",
    "--esModuleInterop",
    ...sources(cwd, folder),
  ];
  const { stdout } = spawnSync("npx", args, { cwd, encoding: "utf8" });
  return stdout
    .split("\n")
    .filter((line) => line.includes("error TS"))
    .map((line) => line.replace(/\(\d+,\d+\)/, ""));
}

function sources(cwd, folder) {
  return git(cwd, "ls-files", folder)
    .split("\n")
    .filter((file) => /\.ts$/.test(file) && !/\.test\.ts$/.test(file));
}

function compare({ name, version }, { byVerdict, byReason, byKind, changed }) {
  const file = path.join(root, "ecosystem/snapshots", `${name.replace("/", "__")}@${version}.json`);
  const counts = `${JSON.stringify({ changed, byKind, byVerdict, byReason }, null, 2)}\n`;
  if (isUpdate || !existsSync(file)) {
    writeFileSync(file, counts);
    return [];
  }
  const expected = readFileSync(file, "utf8");
  return expected === counts
    ? []
    : [
        `counts differ from ${file}; if that is right, run again with --update.\nexpected ${expected}got ${counts}`,
      ];
}
