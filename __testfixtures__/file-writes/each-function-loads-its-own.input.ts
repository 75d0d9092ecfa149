export async function saveInvoice(path: string, text: string): Promise<void> {
  const { mkdir, writeFile } = await import("node:fs/promises");
  await mkdir("invoices", { recursive: true });
  await writeFile(path, text);
}

export async function logPayment(path: string, line: string): Promise<void> {
  const { writeFile } = await import("node:fs/promises");
  await writeFile(path, line, { flag: "a" });
}
