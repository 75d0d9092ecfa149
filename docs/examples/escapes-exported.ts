import { mkdtempSync } from "node:fs";

export const fixturesFolder = mkdtempSync("/tmp/fixtures-");
