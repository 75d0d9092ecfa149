#!/usr/bin/env node
import { atomicWriteFileSync } from "resource-context";

atomicWriteFileSync("report.json", process.argv[2] ?? "{}");
