/** Colours keep a contrast of at least 4.5 to 1 in both schemes. Rows out of sight cost nothing to draw. */
export const stylesheet = `
:root { --fg: #1b1f24; --dim: #57606a; --bg: #fff; --line: #d0d7de; --accent: #0757ba; --bar: #c8d1da; --hot: #bc4c00; --add: #dafbe1; --del: #ffebe9; --head: #f6f8fa; }
@media (prefers-color-scheme: dark) {
  :root { --fg: #e6edf3; --dim: #9ea7b3; --bg: #0d1117; --line: #3d444d; --accent: #79b8ff; --bar: #3d444d; --hot: #ff9a52; --add: #12361f; --del: #4a1a1d; --head: #161b22; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1500px; padding: 1rem 1.5rem 4rem; font: 15px/1.5 system-ui, sans-serif; color: var(--fg); background: var(--bg); }
h1 { font-size: 1.5rem; margin: 0.5rem 0 0; } h2 { font-size: 1.1rem; margin: 2rem 0 0.5rem; }
code { font: 0.86em/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
a, .link { color: var(--accent); } .dim { color: var(--dim); }
.link { background: none; border: 0; padding: 0; font: inherit; cursor: pointer; text-align: left; text-decoration: underline; overflow-wrap: anywhere; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.totals { display: flex; flex-wrap: wrap; gap: 0.5rem 2rem; margin: 1rem 0; } .totals dt { color: var(--dim); font-size: 0.85rem; } .totals dd { margin: 0; font-size: 1.4rem; font-variant-numeric: tabular-nums; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(24rem, 1fr)); gap: 0 3rem; }
.chart table { width: 100%; border-collapse: collapse; } .chart th { font-weight: normal; text-align: left; width: 40%; } .chart .count { white-space: nowrap; padding: 0 0.75rem; font-variant-numeric: tabular-nums; } .bars { width: 45%; }
.bar { display: block; height: 0.8rem; background: var(--bar); border-radius: 2px; } .bar span { display: block; height: 100%; background: var(--hot); border-radius: 2px; }
.filters, .choice { display: flex; flex-wrap: wrap; gap: 0.5rem 1.25rem; align-items: center; margin: 0.5rem 0; } [hidden] { display: none !important; }
input, select, button { font: inherit; color: inherit; } input[type="search"], select, button:not(.link) { background: var(--bg); border: 1px solid var(--line); border-radius: 5px; padding: 0.25rem 0.6rem; } button { cursor: pointer; }
.sites { width: 100%; border-collapse: collapse; } .sites th, .sites td { text-align: left; vertical-align: top; padding: 0.3rem 0.75rem 0.3rem 0; border-bottom: 1px solid var(--line); font-weight: normal; overflow-wrap: anywhere; } .sites thead th { white-space: nowrap; position: sticky; top: 0; background: var(--bg); color: var(--dim); }
.sites td:last-child { width: 45%; } .state { white-space: nowrap; }
.file { border: 1px solid var(--line); border-radius: 6px; margin: 0.5rem 0; content-visibility: auto; contain-intrinsic-size: auto 2.4rem; } .file summary { padding: 0.4rem 0.75rem; cursor: pointer; background: var(--head); border-radius: 6px; }
.scroll { overflow-x: auto; } .diff { width: 100%; border-collapse: collapse; table-layout: fixed; min-width: 50rem; } .diff col.number { width: 3.5rem; }
.diff td { padding: 0 0.5rem; vertical-align: top; } .diff code { white-space: pre-wrap; overflow-wrap: anywhere; } .diff .number { color: var(--dim); text-align: right; font-size: 0.8rem; user-select: none; } .diff .gap td { color: var(--dim); background: var(--head); font-size: 0.8rem; } .add { background: var(--add); } .del { background: var(--del); } .none { background: var(--head); }
.reason { padding: 0.3rem 0.5rem; } .reason:target, tr:target { background: var(--head); } .reason dt { font-weight: 600; } .reason dd { margin: 0; }
.failed h2 { color: var(--hot); }
@media print { .filters, .choice { display: none; } }
`;
