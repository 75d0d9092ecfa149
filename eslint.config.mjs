import tseslint from "typescript-eslint";

/** Import borders: a room may only be entered from where the architecture says (docs/architecture.md). */
const borders = [
  {
    rule: "ts-morph belongs in analyse/ and ownership/",
    names: ["ts-morph"],
    open: ["src/analyse/**", "src/ownership/**"],
  },
  { rule: "magic-string belongs in rewrite/", names: ["magic-string"], open: ["src/rewrite/**"] },
  { rule: "prettier belongs in format/", names: ["prettier"], open: ["src/format/**"] },
  {
    rule: "yargs belongs in options/help.ts",
    names: ["yargs", "yargs/helpers"],
    open: ["src/options/help.ts"],
  },
];

/** Functions of node:fs that change the disk. Only apply/ may use them. */
const writers = [
  "writeFile",
  "writeFileSync",
  "appendFile",
  "appendFileSync",
  "createWriteStream",
  "rename",
  "renameSync",
  "rm",
  "rmSync",
  "unlink",
  "unlinkSync",
  "mkdir",
  "mkdirSync",
  "mkdtemp",
  "mkdtempSync",
  "copyFile",
  "copyFileSync",
  "truncate",
  "truncateSync",
  "chmod",
  "chmodSync",
  "symlink",
  "symlinkSync",
];
const fsWriters = ["fs", "node:fs", "fs/promises", "node:fs/promises"].map((name) => ({
  name,
  importNames: writers,
  message: "writing to the disk belongs in src/apply/",
}));
/** A cached answer holds as long as the disk answers the same: what a verdict may depend on is asked for in one place. */
const untraced = ["fs", "node:fs", "fs/promises", "node:fs/promises"].map((name) => ({
  name,
  message: "what a verdict may depend on is read through src/disk.ts",
}));
const room = (files, open) => ({
  files,
  rules: {
    "@typescript-eslint/no-restricted-imports": [
      "error",
      {
        paths: [
          ...borders
            .filter((b) => !b.open.some((o) => open.includes(o)))
            .flatMap((b) => b.names.map((name) => ({ name, message: b.rule }))),
          ...(open.includes("disk") ? [] : open.includes("traced") ? untraced : fsWriters),
        ],
      },
    ],
  },
});

export default tseslint.config(
  {
    ignores: [
      "**/dist/**",
      "**/node_modules/**",
      "__testfixtures__/**",
      "test/fixtures/**",
      "test/pairs/programs/**",
      "coverage/**",
      "examples/**",
      ".cache/**",
    ],
  },
  ...tseslint.configs.recommended,
  {
    files: ["src/**/*.ts", "transforms/**/*.ts", "runtime/src/**/*.ts", "eslint-plugin/src/**/*.ts"],
    rules: {
      "max-lines-per-function": ["error", { max: 50, skipComments: true }],
      "max-lines": ["error", { max: 300 }],
      "max-params": ["error", 3],
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "no-empty": ["error", { allowEmptyCatch: false }],
    },
  },
  {
    files: ["src/**/*.ts", "transforms/**/*.ts"],
    ignores: ["src/cli.ts"],
    rules: {
      "no-restricted-globals": ["error", { name: "process", message: "process belongs in src/cli.ts" }],
      "no-console": "error",
    },
  },
  room(["src/**/*.ts", "transforms/**/*.ts"], []),
  room(["src/analyse/**/*.ts"], ["src/analyse/**", "traced"]),
  room(["src/ownership/**/*.ts"], ["src/ownership/**", "traced"]),
  room(["src/decide.ts", "src/discover/project.ts", "src/discover/plain-node.ts"], ["traced"]),
  room(["src/rewrite/**/*.ts"], ["src/rewrite/**"]),
  room(["src/format/**/*.ts"], ["src/format/**"]),
  room(["src/options/help.ts"], ["src/options/help.ts"]),
  room(["src/apply/**/*.ts"], ["disk"]),
);
