import { spawn } from "child_process";
import { once } from "events";

export const flush = async (queue) => { const mail = spawn("sendmail", ["-q"]); await queue.drain(); await once(mail, "close"); };
