import { describe, expect, test } from "vitest";
import { command } from "../support/command.js";
import { git, repository } from "../support/project.js";
import { inProcess } from "../support/session.js";

const writer = `import { writeFileSync } from "node:fs";\n\nexport function save(path: string, text: string): void {\n  writeFileSync(path, text);\n}\n`;
const config = "resource-codemod.config.json";
const baseline = "resource-codemod-baseline.txt";
const head = "# resource-codemod baseline, version 1\n";
const selection = (content: unknown): string => JSON.stringify(content);

interface Case {
  readonly args: readonly string[];
  /** Besides those of the sample. */
  readonly files?: Readonly<Record<string, string>>;
  /** What came, what was expected, what to do: each must be said. */
  readonly says: readonly RegExp[];
}

const flags: Readonly<Record<string, Case>> = {
  "a misspelt flag": { args: ["--chek"], says: [/--chek/, /Did you mean --check\?/, /--help/] },
  "a flag like none": { args: ["--frobnicate"], says: [/--frobnicate/, /--help/] },
  "one dash too few": { args: ["-write"], says: [/-write/, /--write/] },
  "letters in a row": { args: ["-dw"], says: [/-dw/, /--help/] },
  "no to what has no no": { args: ["--no-safety"], says: [/--no-safety/, /--help/] },
  "a value for a switch": { args: ["--check=maybe"], says: [/"maybe"/, /--check/, /takes no value/] },
  "no value at the end": { args: ["--safety"], says: [/--safety needs a value/, /safe, likely, unsafe/] },
  "a flag instead of a value": {
    args: ["--safety", "--write"],
    says: [/--safety needs a value/, /--safety=/],
  },
  "an empty value": { args: ["--safety="], says: [/--safety needs a value/, /safe, likely, unsafe/] },
  "a level that is none": {
    args: ["--safety", "saef"],
    says: [/"saef"/, /Did you mean safe\?/, /Expected one of/],
  },
  "a level twice": {
    args: ["--safety=safe", "--safety=likely"],
    says: [/--safety/, /"safe" and "likely"/, /once/],
  },
  "a transform that is none": {
    args: ["--transform", "spwan"],
    says: [/"spwan"/, /spawn\?/, /Expected one of/],
  },
  "a transform that only serves": {
    args: ["--transform", "imports"],
    says: [/"imports"/, /Expected one of/],
  },
  "transforms that cancel out": {
    args: ["--transform=spawn", "--skip-transform=spawn"],
    says: [/leave nothing to do/, /Transforms: /],
  },
  "a form of report that is none": { args: ["--reporter", "xml"], says: [/"xml"/, /Expected one of .*json/] },
  "a report to no file": { args: ["--reporter", "json="], says: [/--reporter json=/, /file/] },
  "two reports on one output": {
    args: ["--reporter=json", "--patch"],
    says: [/json and patch/, /to a file/],
  },
  "a syntax that is none": { args: ["--syntax", "await"], says: [/"await"/, /auto, using, try-finally/] },
  "a name with a space": { args: ["--context-name", "my ctx"], says: [/"my ctx"/, /"ctx"/] },
  "a formatter that is none": { args: ["--format", "pretier"], says: [/"pretier"/, /prettier\?/] },
  "verify with a slip": { args: ["--verify", "typs"], says: [/"typs"/, /types\?/, /a command/] },
  "a time that is none": { args: ["--verify-timeout", "10m"], says: [/"10m"/, /for example 600/] },
  "two modes": { args: ["--check", "--write"], says: [/--check and --write/, /Give one/] },
  "quiet and loud": { args: ["-q", "--verbose"], says: [/--quiet and --verbose/, /Give one/] },
  "a folder that is not there": { args: ["--cwd", "nowhere"], says: [/"nowhere"/, /Expected a folder/] },
  "asking nobody": { args: ["--interactive"], says: [/no terminal/, /--dry/] },
  "asking in a check": { args: ["--check", "-i"], says: [/--interactive and --check/, /Give one/] },
  "a flag of init elsewhere": { args: ["--ci", "github"], says: [/--ci/, /resource-codemod init --ci/] },
};

const commands: Readonly<Record<string, Case>> = {
  "init with a path": { args: ["init", "src"], says: [/"src"/, /--cwd/] },
  "init with a flag of a run": { args: ["init", "--write"], says: [/--write/, /It takes .*--dry/] },
  "init for a CI that it does not know": {
    args: ["init", "--ci", "jenkins"],
    says: [/"jenkins"/, /github, gitlab/],
  },
  "doctor that writes": { args: ["doctor", "--write"], says: [/--write/, /It takes/, /\.\/doctor/] },
  "doctor in another form": {
    args: ["doctor", "--reporter", "junit"],
    says: [/"junit"/, /pretty or .*json/],
  },
  "explain without a line": {
    args: ["--explain", "src/save.ts"],
    says: [/"src\/save\.ts"/, /<file>:<line>/],
  },
  "explain a line too far": { args: ["--explain", "src/save.ts:99"], says: [/no line 99/, /from 1 to/] },
  "explain a file that is not there": {
    args: ["--explain", "src/sav.ts:3"],
    says: [/src\/sav\.ts/, /[Ee]xpected/],
  },
  "explain and write": {
    args: ["--explain", "src/save.ts:4", "--write"],
    says: [/--explain and --write/, /alone/],
  },
  "print-config as SARIF": {
    args: ["--print-config", "--reporter=sarif"],
    says: [/"sarif"/, /pretty or .*json/],
  },
  "undo without a run": { args: ["--undo"], says: [/no run/i, /--write/] },
  "undo of a run that is none": { args: ["--undo=never"], says: [/"never"|never/, /--undo=list/] },
  "parts without a folder": {
    args: ["--split-by", "package"],
    says: [/--patch was not given/, /--patch=patches\//],
  },
  "parts into a file": { args: ["--split-by=package", "--patch=x.patch"], says: [/x\.patch/, /slash/] },
  "parts by what is none": { args: ["--split-by=team", "--patch=p/"], says: [/"team"/, /directory, owner/] },
  "parts while writing": { args: ["--split-by=package", "--patch=p/", "-w"], says: [/contradict/, /git am/] },
  "one patch into a folder": { args: ["--patch=p/"], says: [/p\/ is a folder/, /--split-by/] },
  "parts by owner without owners": {
    args: ["--split-by=owner", "--patch=p/"],
    says: [/no CODEOWNERS/, /Expected one of/],
  },
};

const selections: Readonly<Record<string, Case>> = {
  "a path that is not there": { args: ["srv"], says: [/"srv" does not exist/, /Expected a file/] },
  "a glob that matches nothing": {
    args: ["lib/**/*.ts"],
    says: [/"lib\/\*\*\/\*\.ts" matches no file/, /Check its spelling/],
  },
  "a file that is no code": {
    args: ["README.md"],
    says: [/README\.md/, /Expected at least one file with \.ts/],
  },
  "a folder without code": { args: ["docs"], says: [/"docs"/, /Expected at least one file with \.ts/] },
  "everything ignored": {
    args: ["--ignore", "**"],
    says: [/1 passed over: ignored by --ignore/, /Expected/],
  },
  "a ref that git does not know": { args: ["--since", "mian"], says: [/"mian"/, /fetch|git/] },
  "two kinds of change": {
    args: ["--staged", "--changed"],
    says: [/--changed and --staged|--staged and --changed/, /Give one/],
  },
  "staged files to write": {
    args: ["--staged", "--write"],
    says: [/--staged and --write/, /--write --changed/],
  },
  "a selection that is not there": {
    args: ["--select", "taken.json"],
    says: [/taken\.json/, /--reporter html/],
  },
  "a selection that is no JSON": {
    args: ["--select", "t.json"],
    files: { "t.json": "{ taken" },
    says: [/t\.json/, /JSON/, /--reporter html/],
  },
  "a selection of another kind": {
    args: ["--select", "t.json"],
    files: { "t.json": selection({ changes: [] }) },
    says: [/t\.json/, /--reporter html/],
  },
  "a selection in a check": {
    args: ["--select", "t.json", "--check"],
    files: { "t.json": "{}" },
    says: [/--select and --check/, /--dry or --write/],
  },
};

const configs: Readonly<Record<string, Case>> = {
  "no JSON": { args: [], files: { [config]: "{ nonsense" }, says: [/config\.json is not valid JSON/] },
  "a list": { args: [], files: { [config]: "[]" }, says: [/must be an object such as/, /it is \[\]/] },
  "a misspelt key": {
    args: [],
    files: { [config]: `{ "safty": "safe" }` },
    says: [/"safty"/, /safety\?/, /Known keys/],
  },
  "a flag that is no setting": {
    args: [],
    files: { [config]: `{ "write": true }` },
    says: [/"write"/, /command line only/],
  },
  "a level that is none": {
    args: [],
    files: { [config]: `{ "safety": "high" }` },
    says: [/config\.json: "safety"/, /"high"/, /Expected one of safe/],
  },
  "text for a switch": {
    args: [],
    files: { [config]: `{ "strict": "yes" }` },
    says: [/"strict"/, /true or false/, /"yes"/],
  },
  "text for a list": {
    args: [],
    files: { [config]: `{ "ignore": "gen" }` },
    says: [/"ignore"/, /a list/, /"gen"/],
  },
  "text for a number": {
    args: [],
    files: { [config]: `{ "verifyTimeout": "60" }` },
    says: [/"verifyTimeout"/, /a number/, /"60"/],
  },
  "a base that is not there": {
    args: [],
    files: { [config]: `{ "extends": "./base.json" }` },
    says: [/"\.\/base\.json"/, /no file/, /Expected/],
  },
  "a circle": {
    args: [],
    files: { [config]: `{ "extends": "./${config}" }` },
    says: [/circle/, /Take one "extends" out/],
  },
  "two in a folder": {
    args: [],
    files: { [config]: "{}", "resource-codemod.config.js": "export default {}" },
    says: [/two configurations/, /Keep one/],
  },
  "a file that is not there": { args: ["--config", "ci.json"], says: [/ci\.json/, /--no-config/] },
  "a package.json without the key": {
    args: ["--config", "package.json"],
    says: [/no key "resource-codemod"/, /Expected/],
  },
  "a resource without a release": {
    args: [],
    files: { [config]: `{ "resources": [{ "acquire": { "module": "gates", "call": "open" } }] }` },
    says: [/resources\[0\]: "release" is missing/, /It has acquire/, /Add "release"/],
  },
  "a transform that is not there": {
    args: [],
    files: { [config]: `{ "transforms": ["./gone.js"] }` },
    says: [/gone\.js/, /relative to|"transform"/],
  },
};

const baselines: Readonly<Record<string, Case>> = {
  "one that is not there": {
    args: ["--check", "--baseline=old.txt"],
    says: [/old\.txt/, /--update-baseline/],
  },
  "one of another version": {
    args: ["--check"],
    files: { [baseline]: "# resource-codemod baseline, version 9\n" },
    says: [/another version/, /Expected/, /--update-baseline/],
  },
  "a line that is none": {
    args: ["--check"],
    files: { [baseline]: `${head}src/save.ts is fine\n` },
    says: [/:2/, /src\/save\.ts is fine|fingerprint/, /--update-baseline/],
  },
  "a conflict": {
    args: ["--check"],
    files: { [baseline]: `${head}<<<<<<< ours\n` },
    says: [/merge conflict/, /both sides/],
  },
  "made while writing": {
    args: ["--write", "--update-baseline"],
    says: [/contradict/, /alone or with --check/],
  },
  "made and pruned": {
    args: ["--update-baseline", "--prune-baseline"],
    says: [/contradict/, /drops what is gone/],
  },
  "a line whose site is gone": {
    args: ["--check", "--strict-baseline"],
    files: {
      [baseline]: `${head}0123456789abcdef  src/gone.ts  timer  local\n`,
      "src/save.ts": "export const port = 1;\n",
    },
    says: [/accepts a site that is gone/, /--prune-baseline/],
  },
};

const reports: Readonly<Record<string, Case>> = {
  "a folder that is not there": {
    args: ["--dry", "--reporter", "json=no/such/r.json"],
    says: [/no\/such\/r\.json/, /cannot be written/, /folder/],
  },
  "a folder as a file": { args: ["--dry", "--reporter=html=src"], says: [/src/, /cannot be written/] },
  "a patch to nowhere": { args: ["--patch=no/x.patch"], says: [/no\/x\.patch/, /cannot be written/] },
};

const sample = (files: Readonly<Record<string, string>> = {}): string =>
  repository({
    "package.json": `{ "name": "ports", "type": "module" }\n`,
    "src/save.ts": writer,
    "docs/guide.md": "",
    "README.md": "ports\n",
    ...files,
  });

const all = { flags, commands, selections, configs, baselines, reports };

describe.each(Object.entries(all))("wrong %s", (_, cases) => {
  test.each(Object.entries(cases))("%s", async (_name, { args, files, says }) => {
    const root = sample(files);
    const { code, stderr, stdout } = await inProcess(root, ...args);
    // A report tells it where it was asked for, all else is told beside it.
    const told = stderr === "" ? stdout : stderr;
    for (const part of says) expect(told).toMatch(part);
    expect(told).not.toMatch(/undefined|\[object|^\s+at /m);
    expect(code).toBe(2);
    expect(git(root, "status", "--porcelain")).toBe("");
  });
});

/** The start of a process is slow: one or two of each family. */
const processes: readonly (readonly [keyof typeof all, string])[] = [
  ["flags", "a misspelt flag"],
  ["flags", "a flag instead of a value"],
  ["flags", "two reports on one output"],
  ["flags", "asking nobody"],
  ["commands", "init with a path"],
  ["commands", "doctor that writes"],
  ["commands", "explain a line too far"],
  ["commands", "undo of a run that is none"],
  ["commands", "parts without a folder"],
  ["selections", "a path that is not there"],
  ["selections", "a ref that git does not know"],
  ["selections", "a selection that is no JSON"],
  ["configs", "no JSON"],
  ["configs", "a misspelt key"],
  ["baselines", "a conflict"],
  ["baselines", "a line whose site is gone"],
  ["reports", "a patch to nowhere"],
];

describe("as processes, where the message goes to standard error", () => {
  test.each(processes)("%s: %s", (family, name) => {
    const found: Case | undefined = Object.entries(all[family]).find(([key]) => key === name)?.[1];
    expect(found).toBeDefined();
    const { args = [], files, says = [] } = found ?? {};
    const { status, stdout, stderr } = command(sample(files), ...args);
    expect(status).toBe(2);
    for (const part of says) expect(stderr === "" ? stdout : stderr).toMatch(part);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});
