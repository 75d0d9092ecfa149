import { runAsWorker } from "synckit";
import { ConfigError, toError } from "../errors.js";
import type { Answer } from "./findings.js";
import { OpenProjects, type SourceOptions, type SourceText } from "./open-project.js";

const projects = new OpenProjects();

runAsWorker(async (source: SourceText, options: SourceOptions): Promise<Answer> => {
  try {
    const project = await projects.get(options);
    return { ok: true, value: await project.findingsIn(source) };
  } catch (thrown) {
    const error = toError(thrown);
    const isConfig = error instanceof ConfigError;
    return { ok: false, isConfig, message: isConfig ? error.message : (error.stack ?? error.message) };
  }
});
