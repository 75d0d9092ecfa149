#!/usr/bin/env node
import { spawn } from "node:child_process";

const preview = spawn("vite", ["preview", "--port", "4173"], { stdio: "inherit" });
preview.on("exit", (code) => process.exit(code ?? 1));
