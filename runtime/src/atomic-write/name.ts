import { hash, thisProcess, type Owner } from "./identity.js";

const NAME = /^\.~[0-9a-f]{8}([0-9a-z]{7})([0-9a-z]+)-([0-9a-z]+)-[0-9a-z]+$/;

/** At most 40 bytes, whatever the target is called: a name of 255 bytes must work. */
export function tempName(target: string): string {
  const { pid, start, realm } = thisProcess();
  const name = hash(target).toString(16).padStart(8, "0");
  const random = Math.floor(Math.random() * 36 ** 8).toString(36);
  return `.~${name}${realm}${pid.toString(36)}-${start}-${random}`;
}

/** Who made the temp of this name, if it is one of ours. */
export function ownerOf(name: string): Owner | undefined {
  const [, realm, pid, start] = NAME.exec(name) ?? [];
  if (realm === undefined || pid === undefined || start === undefined) return undefined;
  return { realm, pid: Number.parseInt(pid, 36), start };
}
