import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { project } from "./project.js";

const top = join(import.meta.dirname, "../..");

interface Packed {
  readonly filename: string;
  readonly name: string;
  readonly version: string;
}

export interface Registry {
  /** For programs that install from it; their cache is their own, but for what npm has downloaded already. */
  readonly env: Readonly<Record<string, string>>;
  readonly close: () => void;
}

/** A registry that has both packages of this repository as they would be published, and leads on to npm's for the rest. */
export async function registry(): Promise<Registry> {
  const folder = project();
  const packed = ["runtime", "."].map((one) => pack(join(top, one), folder));
  const next = setting("registry");
  const server = createServer((request, response) => {
    const [, name = "", file = ""] = (request.url ?? "").split("/");
    const found = packed.find((one) => one.name === name);
    if (found === undefined)
      response.writeHead(302, { location: next.replace(/\/$/, "") + (request.url ?? "") }).end();
    else if (file === "-") response.end(readFileSync(join(folder, found.filename)));
    else response.end(JSON.stringify(documentOf(found, { folder, host: request.headers.host ?? "" })));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { env: environment(folder, server.address()), close: () => void server.close() };
}

function pack(from: string, to: string): Packed {
  const [packed]: readonly Packed[] = JSON.parse(
    npm(from, "pack", "--json", "--ignore-scripts", "--pack-destination", to),
  ) as readonly Packed[];
  if (packed === undefined) throw new Error(`npm packed nothing in ${from}. Run npm run build first.`);
  return packed;
}

const npm = (cwd: string, ...args: readonly string[]): string =>
  execFileSync("npm", [...args], { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

const setting = (name: string): string => npm(top, "config", "get", name).trim();

function documentOf(
  { filename, name, version }: Packed,
  at: { readonly folder: string; readonly host: string },
): object {
  const bytes = readFileSync(join(at.folder, filename));
  const manifest: object = JSON.parse(
    execFileSync("tar", ["-xzOf", join(at.folder, filename), "package/package.json"], { encoding: "utf8" }),
  ) as object;
  const dist = {
    tarball: `http://${at.host}/${name}/-/${filename}`,
    integrity: `sha512-${createHash("sha512").update(bytes).digest("base64")}`,
  };
  return { name, "dist-tags": { latest: version }, versions: { [version]: { ...manifest, dist } } };
}

/** What npx has installed for one build must not be taken for the next. */
function environment(folder: string, address: AddressInfo | string | null): Registry["env"] {
  if (address === null || typeof address === "string") throw new Error("The registry has no port.");
  const cache = join(folder, "cache");
  mkdirSync(cache);
  symlinkSync(join(setting("cache"), "_cacache"), join(cache, "_cacache"));
  return {
    npm_config_registry: `http://127.0.0.1:${String(address.port)}/`,
    npm_config_cache: cache,
    npm_config_audit: "false",
    npm_config_fund: "false",
    npm_config_update_notifier: "false",
  };
}
