#!/usr/bin/env node
// Copyright 2024 The Port Authors. MIT licence.

import { atomicWriteFileSync } from "resource-context";

atomicWriteFileSync("port.txt", process.argv[2] ?? "8080");
