import { spawn } from "child_process";
import { once } from "events";
import { ResourceContext } from "resource-context";

export const flush = async (queue) => { await using ctx = new ResourceContext(); const mail = ctx.process(spawn("sendmail", ["-q"])); await queue.drain(); await once(mail, "close"); };
