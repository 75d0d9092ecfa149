import { atomicWriteFile } from "resource-context";

export async function saveInvoice(path: string, text: string): Promise<void> {
  const { mkdir } = await import("node:fs/promises");
  await mkdir("invoices", { recursive: true });
  await atomicWriteFile(path, text);
}

export async function logPayment(path: string, line: string): Promise<void> {
  const { writeFile } = await import("node:fs/promises");
  await writeFile(path, line, { flag: "a" });
}
