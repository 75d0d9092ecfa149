export async function showProgress(files: readonly string[], upload: (file: string) => Promise<void>) {
  const tick = setInterval(() => process.stdout.write("."), 1000);
  if (files.length === 0) return 0;
  for (const file of files) await upload(file);
  clearInterval(tick);
  return files.length;
}
