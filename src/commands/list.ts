import { catalogue } from "../catalogue/index.js";
import { listKinds as kindsText, listTransforms as transformsText } from "../catalogue/listing.js";
import type { ResourceModel } from "../types.js";
import type { Session } from "./session.js";

/** `--list-kinds`: the catalogue, with what the project adds. */
export function listKinds(own: readonly ResourceModel[], session: Session): 0 {
  session.print(kindsText([...catalogue, ...own]));
  return 0;
}

/** `--list-transforms`: what `--transform` and `--skip-transform` take. */
export function listTransforms(session: Session): 0 {
  session.print(transformsText());
  return 0;
}
