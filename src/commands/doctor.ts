import { examine } from "../doctor/index.js";
import type { CliOptions } from "../options/build.js";
import { doctorJson, doctorPretty } from "../reporters/doctor.js";
import { styleFor } from "./deliver.js";
import { watched } from "./run.js";
import type { ExitCode, Session } from "./session.js";

interface Examination {
  readonly options: CliOptions;
  readonly configs: readonly string[];
  readonly form: "pretty" | "json";
}

/** `doctor`: how ready a project is. A file that cannot be read as code makes the answer incomplete: exit code 2. */
export async function tellHealth(
  { options, configs, form }: Examination,
  session: Session,
): Promise<ExitCode> {
  const health = await watched(options, session, (progress) => examine({ options, configs }, progress));
  const { colors } = styleFor({ form, file: null }, { options, session });
  session.print(form === "json" ? doctorJson(health) : doctorPretty(health, colors));
  return health.failures.length > 0 ? 2 : 0;
}
