import type { Site } from "../../analyse/acquisitions.js";
import type { Inferred, Shape } from "../../analyse/inferred.js";
import type { Adoption, Release, ResourceModel } from "../../types.js";

export interface Evidence {
  readonly site: Pick<Site, "unit" | "model" | "inferred">;
  readonly shape: Shape;
  readonly path: readonly string[];
  readonly by: "call" | "construct";
  readonly isPromise: boolean;
  /** It may give nothing back. */
  readonly isNullable: boolean;
}

/** The function or class as one that acquires: what it wraps, in its own form. */
export function inferredFrom(evidence: Evidence): Inferred {
  const { site, path, by, isPromise } = evidence;
  const shape = evidence.shape.is === "itself" ? (site.inferred?.shape ?? evidence.shape) : evidence.shape;
  const id = `${site.unit.path}#${path.map(shown).join(".")}`;
  const model: ResourceModel = {
    ...site.model,
    id,
    acquire: { ...site.model.acquire, by },
    yields: isPromise ? "promise" : "handle",
    args: { path: -1, options: -1 },
    ...(evidence.shape.is === "itself" ? {} : releaseOf(evidence, site.model)),
  };
  const resource = site.inferred?.resource ?? site.model;
  return { model, resource, shape, chain: [id, ...(site.inferred?.chain ?? [site.model.id])] };
}

/** Without the position that tells inner functions of one name apart. */
const shown = (name: string): string => name.replace(/@\d+$/, "").replace(/^export default$/, "default");

type Released = Pick<ResourceModel, "release" | "ends" | "adopt">;

function releaseOf(evidence: Evidence, inner: ResourceModel): Released {
  const { isNullable } = evidence;
  const shape = evidence.shape.is === "receiver" ? { ...evidence.shape, members: [] } : evidence.shape;
  if (shape.is !== "holder" && shape.is !== "receiver")
    return { release: [], ends: [], adopt: { by: "wrap", method: "defer" } };
  const own = shape.releases.map((name): Release => ({
    by: "method",
    name,
    completes: "promise",
    again: "throws",
  }));
  const release = shape.members.length > 0 ? [...own, ...inner.release] : own;
  const adopt = adoptionOf(shape, inner, isNullable ? "?" : "");
  return { release, ends: shape.members.length > 0 ? inner.ends : [], adopt };
}

interface Holder {
  readonly members: readonly string[];
  readonly releases: readonly string[];
}

function adoptionOf({ members, releases }: Holder, inner: ResourceModel, mark: "" | "?"): Adoption {
  const [first] = releases;
  if (first?.startsWith("[") === true) return { by: "wrap", method: "use" };
  if (first !== undefined)
    return { by: "wrap", method: { release: `(it) => ${access("it", first, mark)}()` } };
  const [member] = members;
  const method = inner.release.find((one) => one.by === "method");
  if (member === undefined || method?.by !== "method" || inner.adopt.by !== "wrap")
    return { by: "none", reason: "no-drop-in" };
  return { by: "wrap", method: { release: `(it) => ${access("it", member, mark)}.${method.name}()` } };
}

function access(object: string, name: string, mark: "" | "?"): string {
  if (/^\d+$/.test(name)) return `${object}${mark === "" ? "" : "?."}[${name}]`;
  return `${object}${mark}.${name}`;
}
