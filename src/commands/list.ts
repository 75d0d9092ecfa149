import { catalogue } from "../catalogue/index.js";
import { listKinds as listing } from "../catalogue/listing.js";
import type { ResourceModel } from "../types.js";
import type { Session } from "./session.js";

/** `--list-kinds`: the catalogue, with what the project adds. */
export function listKinds(own: readonly ResourceModel[], session: Session): 0 {
  session.print(listing([...catalogue, ...own]));
  return 0;
}
