#!/usr/bin/env node
// Copyright 2024 The Port Authors. MIT licence.

import { writeFileSync } from "node:fs";

writeFileSync("port.txt", process.argv[2] ?? "8080");
