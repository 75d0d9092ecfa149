import { useEffect, useState } from "react";

export function Width({ page }: { page: EventTarget }): JSX.Element {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const measure = (): void => setWidth(width + 1);
    page.addEventListener("resize", measure);
    return () => page.removeEventListener("resize", measure);
  });
  return <b>{width}</b>;
}
