#!/usr/bin/env node
import { spawn } from "node:child_process";
import { ResourceContext } from "resource-context";

const preview = ResourceContext.root.process(spawn("vite", ["preview", "--port", "4173"], { stdio: "inherit" }));
preview.on("exit", (code) => process.exit(code ?? 1));
