"use client";
import { exec } from "node:child_process";

export function OpenFolder({ path, onOpened }: { path: string; onOpened: () => void }) {
  const open = () => {
    exec(`open ${path}`, () => onOpened());
  };
  return <button onClick={open}>Open {path}</button>;
}
