import { watch } from "node:fs";
import { useEffect, useState } from "react";

// On a terminal, markup is no page.
export function Files({ folder }: { folder: string }): JSX.Element {
  const [changes, setChanges] = useState(0);
  useEffect(() => {
    const watcher = watch(folder, () => setChanges(changes + 1));
    return () => watcher.close();
  });
  return <b>{changes}</b>;
}
