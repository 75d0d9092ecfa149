export { spawn as launch } from "node:child_process";
