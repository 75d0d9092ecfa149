export function names(database: string): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(database);
    request.onerror = () => reject(request.error);
    request.onsuccess = () => resolve([...request.result.objectStoreNames]);
  });
}
