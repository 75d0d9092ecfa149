// 300 writes to 300 files in one go.
import * as fs from "node:fs";
import * as path from "node:path";

const [entry, how, directory] = process.argv.slice(2);
const { atomicWriteFile } = await import(entry);
const write = how === "fs" ? fs.promises.writeFile : atomicWriteFile;
const files = Array.from({ length: 300 }, (_, index) => path.join(directory, `${index}.txt`));
const results = await Promise.allSettled(files.map((file) => write(file, `content of ${file}`)));
const whole = files.filter(
  (file) => fs.existsSync(file) && fs.readFileSync(file, "utf8") === `content of ${file}`,
);
const codes = results.flatMap((result) => (result.status === "rejected" ? [result.reason.code] : []));
process.stdout.write(JSON.stringify({ whole: whole.length, codes: [...new Set(codes)] }));
