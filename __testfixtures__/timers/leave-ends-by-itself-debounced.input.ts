export function debounced(save: () => void, delay: number): () => void {
  let timer: NodeJS.Timeout | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(save, delay);
  };
}
