import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { describe, expect, test } from "vitest";
import {
  decodeText,
  SafeDirectoryCreator,
  SafeFileOperations,
  withSafeDirectory,
} from "../../src/files/index.js";
import { makePlace } from "./support.js";

const names = (folder: string): string[] => fs.readdirSync(folder).sort();

describe("SafeDirectoryCreator", () => {
  test("takes back the folders it made, the deepest first, and no other", async () => {
    const place = makePlace();
    fs.mkdirSync(path.join(place, "was-there"));
    const creator = new SafeDirectoryCreator(path.join(place, "was-there", "a", "b"));
    expect(await creator.initialize()).toBe(path.join(place, "was-there", "a", "b"));
    expect(creator.created).toEqual(["was-there/a/b", "was-there/a"].map((name) => path.join(place, name)));
    await creator.close();
    expect(names(path.join(place, "was-there"))).toEqual([]);
  });

  test("leaves a folder that has something in it, and those above it", async () => {
    const place = makePlace();
    const creator = new SafeDirectoryCreator(path.join(place, "a", "b", "c"));
    await creator.initialize();
    fs.writeFileSync(path.join(place, "a", "b", "mine"), "");
    await creator.close();
    expect(fs.readdirSync(place, { recursive: true }).sort()).toEqual(["a", "a/b", "a/b/mine"]);
  });

  test("goes on above a folder that somebody else has removed", async () => {
    const place = makePlace();
    const creator = new SafeDirectoryCreator(path.join(place, "a", "b"));
    await creator.initialize();
    fs.rmdirSync(path.join(place, "a", "b"));
    creator[Symbol.dispose]();
    expect(names(place)).toEqual([]);
  });

  test("keeps them when all went well, and takes them back when the body fails", async () => {
    const place = makePlace();
    const kept = await withSafeDirectory(path.join(place, "good"), { mode: 0o700 }, (folder) => folder);
    expect([kept, fs.statSync(kept).mode & 0o777]).toEqual([path.join(place, "good"), 0o700]);
    const failure = withSafeDirectory(path.join(place, "bad", "deep"), {}, () =>
      Promise.reject(new Error("no luck")),
    );
    await expect(failure).rejects.toThrow("no luck");
    expect(names(place)).toEqual(["good"]);
  });

  test("takes back what it made when it cannot make the rest", async () => {
    const place = makePlace();
    fs.writeFileSync(path.join(place, "file"), "");
    await expect(new SafeDirectoryCreator(path.join(place, "file", "x")).initialize()).rejects.toMatchObject({
      code: "ENOTDIR",
    });
    const long = path.join(place, "a", "b", "n".repeat(300));
    await expect(new SafeDirectoryCreator(long).initialize()).rejects.toMatchObject({ code: "ENAMETOOLONG" });
    expect(names(place)).toEqual(["file"]);
  });

  test("of several at a time each folder has one maker", async () => {
    const place = makePlace();
    const target = path.join(place, "a", "b", "c");
    const creators = Array.from({ length: 10 }, () => new SafeDirectoryCreator(target));
    await Promise.all(creators.map((creator) => creator.initialize()));
    expect(creators.flatMap((creator) => creator.created).sort()).toEqual(
      ["a", "a/b", "a/b/c"].map((name) => path.join(place, name)),
    );
  });

  test("refuses what is not valid, and a path outside its root", async () => {
    const root = makePlace();
    expect(() => new SafeDirectoryCreator("")).toThrow(
      expect.objectContaining({ code: "ERR_INVALID_ARGUMENT" }),
    );
    expect(() => new SafeDirectoryCreator("a", { mode: 0.5 })).toThrow(
      expect.objectContaining({ code: "ERR_INVALID_ARGUMENT" }),
    );
    expect(() => Reflect.construct(SafeDirectoryCreator, ["a", { recursive: true }])).toThrow(
      expect.objectContaining({ code: "ERR_UNKNOWN_OPTION" }),
    );
    await expect(new SafeDirectoryCreator("../x", { root }).initialize()).rejects.toMatchObject({
      code: "ERR_PATH_OUTSIDE_ROOT",
    });
    await expect(Reflect.apply(withSafeDirectory, undefined, ["a", {}])).rejects.toMatchObject({
      code: "ERR_INVALID_ARGUMENT",
    });
  });
});

describe("decodeText", () => {
  const text = "Ä „quoted“ € –";
  const mark = Buffer.from([0xff, 0xfe]);
  const utf16 = Buffer.concat([mark, Buffer.from(text, "utf16le")]);
  // The same in Windows 1252: 84, 93, 80 and 96 are the bytes that Latin-1 turns into control characters.
  const ansi = Buffer.from([0xc4, 0x20, 0x84, ...Buffer.from("quoted"), 0x93, 0x20, 0x80, 0x20, 0x96]);

  test.each([
    ["utf-8", Buffer.from(text), text],
    ["utf-8", Buffer.from(`\ufeff${text}`), text],
    ["utf-8", Buffer.alloc(0), ""],
    ["utf-8", Buffer.from("plain"), "plain"],
    ["utf-16le", utf16, text],
    ["utf-16be", Buffer.from(utf16).swap16(), text],
    ["windows-1252", ansi, text],
    ["windows-1252", Buffer.from([0xff, 0xfe, 0x41]), "ÿþA"],
    ["windows-1252", Buffer.from([0xc3, 0x28]), "Ã("],
  ] as const)("%s: %o", (encoding, bytes, expected) => {
    expect(decodeText(bytes)).toEqual({ text: expected, encoding });
  });

  test("reads all bytes of 1252 as the web does", () => {
    const all = Uint8Array.from({ length: 128 }, (_, at) => at + 128);
    // Of the decoders of Node, the streaming one is right in all versions.
    const decoder = new TextDecoder("windows-1252");
    const expected = [...all].map((byte) => decoder.decode(Uint8Array.of(byte), { stream: true })).join("");
    expect(decodeText(all).text).toBe(expected);
  });

  test("looks at the part that a view shows", () => {
    expect(
      decodeText(new Uint8Array(Buffer.from("xxabcxx").buffer, Buffer.from("").byteOffset, 0)).text,
    ).toBe("");
    expect(decodeText(Uint8Array.from(Buffer.from("xxabcxx")).subarray(2, 5)).text).toBe("abc");
  });
});

describe("SafeFileOperations", () => {
  test("reads bytes and text, of files in /proc too", async () => {
    const files = new SafeFileOperations();
    const file = path.join(makePlace(), "data");
    fs.writeFileSync(file, Buffer.from([0x80]));
    expect([...(await files.read(file)), await files.readText(file)]).toEqual([0x80, "€"]);
    expect(await files.decode(file)).toEqual({ text: "€", encoding: "windows-1252" });
    if (process.platform === "linux")
      expect(await files.readText("/proc/self/status")).toContain(`Pid:\t${process.pid}`);
  });

  test("reads large files whole, and none that is larger than allowed", async () => {
    const file = path.join(makePlace(), "data");
    const content = Buffer.alloc(300_000, "0123456789");
    fs.writeFileSync(file, content);
    expect((await new SafeFileOperations({ maxSize: 300_000 }).read(file)).equals(content)).toBe(true);
    const small = new SafeFileOperations({ maxSize: 299_999 });
    for (const refused of [() => small.read(file), () => small.copy(file, `${file}-2`)])
      await expect(refused()).rejects.toMatchObject({
        code: "ERR_FILE_TOO_LARGE",
        path: file,
        limit: 299_999,
      });
    if (process.platform === "linux")
      await expect(new SafeFileOperations({ maxSize: 10 }).read("/proc/self/status")).rejects.toMatchObject({
        code: "ERR_FILE_TOO_LARGE",
      });
    expect(names(path.dirname(file))).toEqual(["data"]);
  });

  test("copies and moves, over another file only when told so", async () => {
    const place = makePlace();
    const files = new SafeFileOperations({ root: place });
    fs.writeFileSync(path.join(place, "a"), "a");
    fs.writeFileSync(path.join(place, "b"), "b");
    fs.chmodSync(path.join(place, "a"), 0o640);
    for (const refused of [() => files.copy("a", "b"), () => files.move("a", "b")])
      await expect(refused()).rejects.toMatchObject({ code: "EEXIST" });
    expect(names(place)).toEqual(["a", "b"]);
    await files.copy("a", "c");
    await files.copy("a", "b", { overwrite: true });
    await files.move("c", "d");
    await files.move("d", "b", { overwrite: true });
    expect(names(place)).toEqual(["a", "b"]);
    expect(fs.readFileSync(path.join(place, "b"), "utf8")).toBe("a");
    expect(fs.statSync(path.join(place, "b")).mode & 0o777).toBe(0o640);
    await expect(files.copy("nothing", "x")).rejects.toMatchObject({ code: "ENOENT" });
    fs.mkdirSync(path.join(place, "folder"));
    await files.move("folder", "renamed");
    await expect(files.move("renamed", "a")).rejects.toMatchObject({ code: "EEXIST" });
    expect(names(place)).toEqual(["a", "b", "renamed"]);
  });

  test("moves to another file system", async (context) => {
    if (!fs.existsSync("/dev/shm") || fs.statSync("/dev/shm").dev === fs.statSync(os.tmpdir()).dev)
      return context.skip("there is no other file system here");
    const place = makePlace();
    const away = fs.mkdtempSync("/dev/shm/files-");
    fs.writeFileSync(path.join(place, "a"), "a");
    await new SafeFileOperations().move(path.join(place, "a"), path.join(away, "a"));
    expect([names(place), names(away), fs.readFileSync(path.join(away, "a"), "utf8")]).toEqual([
      [],
      ["a"],
      "a",
    ]);
    fs.rmSync(away, { recursive: true });
  });

  test("removes a file or a link, no folder, and says whether there was one", async () => {
    const place = makePlace();
    const files = new SafeFileOperations({ root: place });
    fs.writeFileSync(path.join(place, "a"), "a");
    fs.symlinkSync("a", path.join(place, "link"));
    fs.mkdirSync(path.join(place, "folder"));
    expect(await files.remove("link")).toBe(true);
    expect(await files.remove("link")).toBe(false);
    await expect(files.remove("folder")).rejects.toThrow(/EISDIR|EPERM/);
    expect(names(place)).toEqual(["a", "folder"]);
  });

  test("wipes what it removes: whoever has the file open reads zeros", async () => {
    const place = makePlace();
    const file = path.join(place, "key");
    fs.writeFileSync(file, "swordfish".repeat(20_000));
    fs.symlinkSync("key", path.join(place, "link"));
    const reader = fs.openSync(file, "r");
    const files = new SafeFileOperations();
    await files.remove(path.join(place, "link"), { wipe: true });
    expect(fs.readFileSync(file, "utf8")).toContain("swordfish");
    await files.remove(file, { wipe: true });
    const left = fs.readFileSync(reader);
    fs.closeSync(reader);
    expect([left.length, left.every((byte) => byte === 0), names(place)]).toEqual([180_000, true, []]);
  });

  test("refuses what is not valid, and paths that lead out of the root", async () => {
    const root = makePlace();
    const files = new SafeFileOperations({ root });
    const outside = [
      () => files.read("../a"),
      () => files.copy("a", "/tmp/a"),
      () => files.move("../a", "b"),
      () => files.remove("../a"),
      () => files.remove(".."),
    ];
    for (const refused of outside)
      await expect(refused()).rejects.toMatchObject({ code: "ERR_PATH_OUTSIDE_ROOT" });
    await expect(files.remove("../a")).rejects.toMatchObject({ path: "../a" });
    for (const refused of [() => files.read(""), () => Reflect.apply(files.copy, files, ["a"])])
      await expect(refused()).rejects.toMatchObject({ code: "ERR_INVALID_ARGUMENT" });
    await expect(Reflect.apply(files.remove, files, ["a", { wipe: 1 }])).rejects.toMatchObject({
      code: "ERR_INVALID_ARGUMENT",
    });
    await expect(Reflect.apply(files.move, files, ["a", "b", { force: true }])).rejects.toMatchObject({
      code: "ERR_UNKNOWN_OPTION",
    });
    expect(() => new SafeFileOperations({ maxSize: -1 })).toThrow(
      expect.objectContaining({ code: "ERR_INVALID_ARGUMENT" }),
    );
  });
});
