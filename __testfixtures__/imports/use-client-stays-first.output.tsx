"use client";
import { exec } from "node:child_process";
import { ResourceContext } from "resource-context";

export function OpenFolder({ path, onOpened }: { path: string; onOpened: () => void }) {
  const open = () => {
    ResourceContext.root.process(exec(`open ${path}`, () => onOpened()));
  };
  return <button onClick={open}>Open {path}</button>;
}
