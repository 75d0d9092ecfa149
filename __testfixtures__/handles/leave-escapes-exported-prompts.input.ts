import readline from "node:readline";
import { start } from "node:repl";

export const prompt = readline.promises.createInterface({ input: process.stdin });
export const shell = start("> ");
