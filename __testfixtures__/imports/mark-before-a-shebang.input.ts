#!/usr/bin/env node
import { writeFileSync } from "node:fs";

writeFileSync("report.json", process.argv[2] ?? "{}");
