import { deploy } from "./deploy.js";

export const release = (version: string): void => deploy(`v${version}`, () => console.log("released"));
