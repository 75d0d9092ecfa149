// A random sample of verdicts, from every kind and verdict, as a page to read and label by hand.

/** The same seed draws the same sites. Every stratum (kind, verdict, action) gets its share, and at least two sites. */
export function draw(sites, { size, seed }) {
  const random = generator(seed);
  const strata = groupBy(sites, stratumOf);
  const drawn = [...strata.values()].flatMap((stratum) => {
    const wanted = Math.max(2, Math.round((size * stratum.length) / sites.length));
    return shuffled(stratum, random).slice(0, wanted);
  });
  return `${drawn.map(page).join("\n")}\n`;
}

const stratumOf = ({ kind, verdict, action }) => `${kind} ${verdict} ${action}`;

function groupBy(items, keyOf) {
  const groups = new Map();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

function page(site, i) {
  const { repository, path, line, api, verdict, action, level, reason, fix, message, excerpt } = site;
  return [
    `## ${i + 1}. ${repository} ${path}:${line}`,
    "",
    `${api}: **${verdict}**, ${action === "rewrite" ? `rewrite (${fix}, ${level})` : `leave (${reason})`}. ${message}`,
    "",
    "label:",
    "",
    "```",
    ...excerpt,
    "```",
    "",
  ].join("\n");
}

function shuffled(items, random) {
  return items
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

/** Mulberry32: small, seeded, good enough to draw lots. */
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
