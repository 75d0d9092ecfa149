import { describe, expect, it } from "vitest";
import { mergeDuplicates } from "../../src/rewrite/import-merge.js";
import { splice } from "../../src/rewrite/rewrite.js";
import { fileWrites } from "../../transforms/file-writes.js";
import { imports } from "../../transforms/imports.js";
import { spawn } from "../../transforms/spawn.js";
import type { FileFacts, Fix } from "../../src/types.js";
import { after, imported, noFacts, planFor, replacedCall, root } from "./plans.js";

function rewritten(source: string, fixes: readonly Fix[], facts: Partial<FileFacts>): string {
  const plan = planFor(source, fixes, facts);
  return splice(
    source,
    [spawn, fileWrites, imports].flatMap((one) => one.edits(plan, source)),
  ).text;
}

const names = noFacts.names;
const adopted = "ResourceContext.root.process(spawn(a))";

describe("a new import", () => {
  const spawnImport = "import { spawn } from 'node:child_process';";

  it("goes behind the last import, in its style", () => {
    const source = `${spawnImport}\n\nspawn(a);\n`;
    const facts = {
      anchor: after(source, spawnImport),
      imports: [imported(source, spawnImport, { bindings: [["spawn", "spawn", 1]] })],
    };
    expect(rewritten(source, [root(source, "spawn(a)")], facts)).toBe(
      `${spawnImport}\nimport { ResourceContext } from 'resource-context';\n\n${adopted};\n`,
    );
  });

  it("leaves a trailing comment and trailing white space where they are", () => {
    const source = "import a from 'a' // about a  \nspawn(a)\n";
    const facts = { anchor: after(source, "// about a") };
    expect(rewritten(source, [root(source, "spawn(a)")], facts)).toBe(
      `import a from 'a' // about a  \nimport { ResourceContext } from 'resource-context'\n${adopted}\n`,
    );
  });

  it("follows CRLF, and the neighbour in a file of mixed line ends", () => {
    const source = 'import "a";\r\nspawn(a);\n';
    expect(rewritten(source, [root(source, "spawn(a)")], { anchor: after(source, 'import "a";') })).toBe(
      `import "a";\r\nimport { ResourceContext } from "resource-context";\r\n${adopted};\n`,
    );
  });

  it("stays on the line when code follows there", () => {
    const source = 'import "a"; spawn(a);';
    expect(rewritten(source, [root(source, "spawn(a)")], { anchor: after(source, 'import "a";') })).toBe(
      `import "a"; import { ResourceContext } from "resource-context"; ${adopted};`,
    );
  });

  it("keeps import attributes and import defer as they are", () => {
    const last = "import json from './x.json' with { type: 'json' };";
    const source = `import defer * as heavy from './heavy.js';\n${last}\nspawn(a);\n`;
    expect(rewritten(source, [root(source, "spawn(a)")], { anchor: after(source, last) })).toBe(
      `import defer * as heavy from './heavy.js';\n${last}\nimport { ResourceContext } from 'resource-context';\n${adopted};\n`,
    );
  });

  it.each([
    ["#!/usr/bin/env node", "\n", ""],
    ["'use strict';", "\n", ""],
    ["'use client';", "\n\n", "\n"],
    ["/* @license MIT */", "\n\n", "\n"],
    ["// @ts-check", "\n", ""],
  ])("goes below %s", (header, gap, above) => {
    const source = `${header}${gap}spawn(a);\n`;
    const facts = { anchor: { at: header.length, after: "header" } } as const;
    const quote = header.includes("'") ? "'" : '"';
    expect(rewritten(source, [root(source, "spawn(a)")], facts)).toBe(
      `${header}\n${above}import { ResourceContext } from ${quote}resource-context${quote};\n\n${adopted};\n`,
    );
  });

  it("keeps a byte order mark in front", () => {
    const source = "\uFEFFspawn(a);\n";
    const text = rewritten(source, [root(source, "spawn(a)")], { anchor: { at: 1, after: "start" } });
    expect(text).toBe(`\uFEFFimport { ResourceContext } from "resource-context";\n\n${adopted};\n`);
  });

  it("keeps a `// @ts-` line right above its statement", () => {
    const source = "// @ts-expect-error\nspawn(a);\n";
    expect(rewritten(source, [root(source, "spawn(a)")], {})).toContain(
      `\n\n// @ts-expect-error\n${adopted};`,
    );
  });

  it("speaks CommonJS", () => {
    const required = "const { spawn } = require('child_process')";
    const source = `${required}\nspawn(a)\n`;
    const statement = imported(source, required, { form: "require", bindings: [["spawn", "spawn", 1]] });
    const facts = { moduleSystem: "require", imports: [statement], anchor: after(source, required) } as const;
    expect(rewritten(source, [root(source, "spawn(a)")], facts)).toBe(
      `${required}\nconst { ResourceContext } = require('resource-context')\n${adopted}\n`,
    );
  });

  it("ends with a semicolon where the code would call it", () => {
    const source = "(async () => {\n  spawn(a)\n})()\n";
    const text = rewritten(source, [root(source, "spawn(a)")], { moduleSystem: "require" });
    expect(text).toMatch(/^const \{ ResourceContext \} = require\("resource-context"\);\n\n\(async/);
  });

  it("speaks import-equals, with a free alias", () => {
    const required = 'import cp = require("child_process");';
    const source = `${required}\nconst resourceContext = 1;\nspawn(a);\n`;
    const facts = { moduleSystem: "import-equals", anchor: after(source, required) } as const;
    expect(rewritten(source, [root(source, "spawn(a)")], facts)).toBe(
      `${required}\nimport resourceContext2 = require("resource-context");\nconst { ResourceContext } = resourceContext2;\nconst resourceContext = 1;\n${adopted};\n`,
    );
  });

  it.each([
    ["import", "import { ResourceContext as ResourceContext2 } from"],
    ["require", "const { ResourceContext: ResourceContext2 } = require("],
  ] as const)("renames what is taken (%s)", (moduleSystem, expected) => {
    const source = "spawn(a);\n";
    const facts = { moduleSystem, names: { ...names, ResourceContext: "ResourceContext2" } };
    const text = rewritten(source, [root(source, "spawn(a)")], facts);
    expect(text).toContain(expected);
    expect(text).toContain("ResourceContext2.root.process(spawn(a))");
  });
});

describe("an existing import of the runtime", () => {
  const merged = (statement: string, more: Partial<FileFacts> = {}): string => {
    const source = `${statement}\nspawn(a);\n`;
    const runtime = imported(source, statement, { bindings: [["atomicWriteFile", "atomicWriteFile", 1]] });
    return rewritten(source, [root(source, "spawn(a)")], {
      imports: [runtime],
      anchor: after(source, statement),
      ...more,
    });
  };

  it.each([
    [
      'import { atomicWriteFile } from "resource-context";',
      'import { atomicWriteFile, ResourceContext } from "resource-context";',
    ],
    [
      'import { atomicWriteFile, } from "resource-context";',
      'import { atomicWriteFile, ResourceContext, } from "resource-context";',
    ],
    [
      'import {\n  atomicWriteFile, // a\n} from "resource-context";',
      'import {\n  atomicWriteFile, // a\n  ResourceContext,\n} from "resource-context";',
    ],
    [
      'import {\n  atomicWriteFile // a\n} from "resource-context";',
      'import {\n  atomicWriteFile, // a\n  ResourceContext\n} from "resource-context";',
    ],
    [
      'import {\n  atomicWriteFile\n} from "resource-context";',
      'import {\n  atomicWriteFile,\n  ResourceContext\n} from "resource-context";',
    ],
  ])("takes the new name: %s", (before, result) => {
    expect(merged(before)).toBe(`${result}\n${adopted};\n`);
  });

  it("is left alone when it has the name already", () => {
    const statement = 'import { ResourceContext as Owner } from "resource-context";';
    const source = `${statement}\nspawn(a);\n`;
    const runtime = imported(source, statement, { bindings: [["Owner", "ResourceContext as Owner", 1]] });
    const facts = {
      imports: [runtime],
      anchor: after(source, statement),
      names: { ...names, ResourceContext: "Owner" },
    };
    expect(rewritten(source, [root(source, "spawn(a)")], facts)).toBe(
      `${statement}\nOwner.root.process(spawn(a));\n`,
    );
  });

  it.each([
    'import type { ResourceContext as R } from "resource-context";',
    'import * as atomicWriteFile from "resource-context";',
  ])("stays apart when it cannot take a value: %s", (statement) => {
    const source = `${statement}\nspawn(a);\n`;
    const runtime = imported(source, statement, { bindings: [] });
    const text = rewritten(source, [root(source, "spawn(a)")], {
      imports: [runtime],
      anchor: after(source, statement),
    });
    expect(text).toBe(`${statement}\nimport { ResourceContext } from "resource-context";\n${adopted};\n`);
  });
});

describe("what our edits freed", () => {
  type Bindings = readonly (readonly [local: string, specifier: string, references: number])[];
  /** `x(p, d)` is replaced: one use of `x` less. What is left of the statement that imports it. */
  const freed = (line: string, bindings: Bindings, more: { readonly pinned?: boolean } = {}): string => {
    const source = `import "first";\n${line}\nimport "last";\nx(p, d);\n`;
    const statement = imported(source, line.slice(0, line.lastIndexOf(";") + 1), { bindings, ...more });
    const facts = { imports: [statement], anchor: after(source, 'import "last";') };
    const text = rewritten(source, [replacedCall(source, "x(p, d)", "x")], facts);
    const [start, end] = [
      'import "first";\n',
      'import "last";\nimport { atomicWriteFile } from "resource-context";\natomicWriteFile(p, d);\n',
    ];
    expect([text.slice(0, start.length), text.slice(-end.length)]).toEqual([start, end]);
    return text.slice(start.length, -end.length);
  };

  it.each<[string, Bindings, string]>([
    ['import { x } from "fs"; // gone too', [["x", "x", 1]], ""],
    ['import x from "fs";', [["x", "x", 1]], ""],
    ['import * as x from "fs";', [["x", "* as x", 1]], ""],
    [
      'import { x, b } from "fs";',
      [
        ["x", "x", 1],
        ["b", "b", 1],
      ],
      'import { b } from "fs";\n',
    ],
    [
      'import { b, x } from "fs";',
      [
        ["b", "b", 1],
        ["x", "x", 1],
      ],
      'import { b } from "fs";\n',
    ],
    [
      'import { b, w as x, } from "fs";',
      [
        ["b", "b", 1],
        ["x", "w as x", 1],
      ],
      'import { b, } from "fs";\n',
    ],
    [
      'import {\n  b, // about b\n  x, // about x\n} from "fs";',
      [
        ["b", "b", 1],
        ["x", "x", 1],
      ],
      'import {\n  b, // about b\n} from "fs";\n',
    ],
    [
      'import x, { b } from "fs";',
      [
        ["x", "x", 1],
        ["b", "b", 1],
      ],
      'import { b } from "fs";\n',
    ],
    [
      'import b, { x } from "fs";',
      [
        ["b", "b", 1],
        ["x", "x", 1],
      ],
      'import b from "fs";\n',
    ],
    [
      'import b, * as x from "fs";',
      [
        ["b", "b", 1],
        ["x", "* as x", 1],
      ],
      'import b from "fs";\n',
    ],
    [
      'import x, * as b from "fs";',
      [
        ["x", "x", 1],
        ["b", "* as b", 1],
      ],
      'import * as b from "fs";\n',
    ],
    [
      'import { x, /* about b */ b } from "fs";',
      [
        ["x", "x", 1],
        ["b", "b", 1],
      ],
      'import {  /* about b */ b } from "fs";\n',
    ],
  ])("goes: %s", (statement, bindings, rest) => {
    expect(freed(statement, bindings)).toBe(rest);
  });

  it("stays while another use is left, and when a directive speaks about it", () => {
    expect(freed('import { x } from "fs";', [["x", "x", 2]])).toBe('import { x } from "fs";\n');
    expect(freed('import { x } from "fs";', [["x", "x", 1]], { pinned: true })).toBe(
      'import { x } from "fs";\n',
    );
    expect(freed('import type { x } from "fs";', [["x", "x", 1]])).toBe('import type { x } from "fs";\n');
  });

  it("gives its place to the new import when it was the last one", () => {
    const statement = 'import { writeFile } from "node:fs/promises";';
    const source = `${statement} // disk\n\nawait writeFile(p, d);\n`;
    const one = imported(source, statement, { bindings: [["writeFile", "writeFile", 1]] });
    const fix = replacedCall(source, "writeFile(p, d)", "writeFile");
    expect(rewritten(source, [fix], { imports: [one], anchor: after(source, "// disk") })).toBe(
      'import { atomicWriteFile } from "resource-context"; // disk\n\nawait atomicWriteFile(p, d);\n',
    );
  });

  it("takes along what a removed alias used", () => {
    const [fs, util, alias] = [
      'import fs from "fs";',
      'import { promisify } from "util";',
      "const write = promisify(fs.writeFile);",
    ];
    const source = `${fs}\n${util}\n${alias}\n\nwrite(p, d);\n`;
    const facts = {
      imports: [
        imported(source, fs, { bindings: [["fs", "fs", 1]] }),
        imported(source, util, { bindings: [["promisify", "promisify", 1]] }),
        imported(source, alias, {
          form: "promisify",
          module: "",
          bindings: [["write", "write", 1]],
          uses: ["promisify", "fs"],
        }),
      ],
      anchor: after(source, util),
    };
    expect(rewritten(source, [replacedCall(source, "write(p, d)", "write")], facts)).toBe(
      'import { atomicWriteFile } from "resource-context";\n\natomicWriteFile(p, d);\n',
    );
  });

  it("leaves no hole at the top of the file", () => {
    const statement = 'import { writeFile } from "fs/promises";';
    const runtime = 'import { atomicWriteFile } from "resource-context";';
    const source = `${statement}\n\n${runtime}\n\nwriteFile(p, d);\n`;
    const facts = {
      imports: [
        imported(source, statement, { bindings: [["writeFile", "writeFile", 1]] }),
        imported(source, runtime, { bindings: [["atomicWriteFile", "atomicWriteFile", 1]] }),
      ],
      anchor: after(source, runtime),
    };
    const exact = replacedCall(source, "writeFile(p, d)", "writeFile");
    expect(rewritten(source, [exact], facts)).toBe(`${runtime}\n\natomicWriteFile(p, d);\n`);
  });
});

describe("duplicate imports of the runtime", () => {
  it("become one", () => {
    const [a, b, c] = [
      'import { ResourceContext } from "resource-context";',
      'import type { Owner } from "resource-context";',
      'import { ResourceContext, atomicWriteFile } from "resource-context";',
    ];
    const source = `${a}\n${b}\n${c}\n`;
    const facts = {
      ...noFacts,
      imports: [
        imported(source, a, { bindings: [["ResourceContext", "ResourceContext", 1]] }),
        imported(source, b, { bindings: [] }),
        imported(source, c, {
          bindings: [
            ["ResourceContext", "ResourceContext", 1],
            ["atomicWriteFile", "atomicWriteFile", 1],
          ],
        }),
      ],
    };
    expect(splice(source, mergeDuplicates(facts, source)).text).toBe(
      `import { ResourceContext, atomicWriteFile } from "resource-context";\n${b}\n`,
    );
  });
});
