import type { Adoption, Release, ResourceModel } from "../types.js";
import { chosenTransforms, servingTransforms } from "../transform-ids.js";
import { kinds } from "./kinds.js";

/** Every kind with its transform and what acquires it: `--list-kinds`. */
export function listKinds(models: readonly ResourceModel[]): string {
  return Object.entries(kinds)
    .map(([kind, { noun, transform }]) => {
      const own = models.filter((model) => model.kind === kind);
      const title = `${kind}  (${noun}, --transform ${transform})`;
      return [title, ...own.map((model) => `  ${line(model)}`), ""].join("\n");
    })
    .join("\n");
}

/** Each transform that can be chosen, with the kinds that it rewrites: `--list-transforms`. */
export function listTransforms(): string {
  const lines = chosenTransforms.map((id) => {
    const own = Object.entries(kinds).filter(([, { transform }]) => transform === id);
    return `${id.padEnd(14)} ${own.map(([kind]) => kind).join(", ")}`;
  });
  const serving = servingTransforms.join(", ");
  return `${lines.join("\n")}\n\n${serving} serve the others: scopes, closing methods, imports. They run with whichever of those is chosen.\n`;
}

function line(model: ResourceModel): string {
  const released = releasesOf(model).join(", ");
  return `${model.id.padEnd(44)} ${released === "" ? "" : `released by ${released}; `}${policyOf(model)}`;
}

/** `x.close()`, `clearInterval(x)`, as somebody would write them; each once. */
export function releasesOf({ release, holds }: ResourceModel): readonly string[] {
  const parts = (holds?.members ?? []).map((member) => `x.${member}.`);
  const all = release.map((one) => releaseText(one, parts[0] ?? "x."));
  return [...new Set(all)];
}

function releaseText(one: Release, prefix: string): string {
  if (one.by === "method") return `${prefix}${one.name}()`;
  if (one.by === "call") return "x()";
  const name = one.path.at(-1) ?? one.modules[0] ?? "";
  return one.argument === -1 ? `${name}(..)` : `${name}(x)`;
}

/** What a rewrite does with the call, in a few words. */
export function policyOf({ adopt, level }: ResourceModel): string {
  const least = level === "likely" ? ", from `likely` on" : "";
  return policyText(adopt) + least;
}

function policyText(adopt: Adoption): string {
  if (adopt.by === "none") return `left: ${adopt.reason}`;
  if (adopt.by === "replace") return `becomes ${adopt.name}`;
  if (adopt.by === "release") return "ctx.adopt(x, its release), let go of where the program releases it";
  return typeof adopt.method === "string"
    ? `ctx.${adopt.method}(x)`
    : `ctx.adopt(x, ${adopt.method.release})`;
}
