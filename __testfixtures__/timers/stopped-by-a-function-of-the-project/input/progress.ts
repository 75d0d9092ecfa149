export function showProgress(print: (line: string) => void): () => void {
  const timer = setInterval(() => print("still uploading"), 1000);
  return () => clearInterval(timer);
}
