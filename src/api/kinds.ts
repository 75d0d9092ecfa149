import { kinds } from "../catalogue/kinds.js";
import type { Kind, TransformId } from "../types.js";

/** What a kind of resource is called, and the transform that rewrites it. */
export interface ResourceKind {
  readonly noun: string;
  readonly transform: TransformId;
}

/** Every kind of resource; each has a page in `docs/resources/`. */
export const resourceKinds: Readonly<Record<Kind, ResourceKind>> = kinds;
