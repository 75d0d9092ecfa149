interface Files {
  writeFile(path: string, text: string): Promise<void>;
}

export async function save(fs: Files, port: number): Promise<void> {
  await fs.writeFile("port.txt", String(port));
}
