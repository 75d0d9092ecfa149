import type { ProcessRow, ProcessTable } from "./table.js";
import { readRow, readTable } from "./table.js";

/** Signals that need no act of the process. */
const KERNEL_ACTS: ReadonlySet<NodeJS.Signals> = new Set(["SIGKILL", "SIGSTOP", "SIGCONT"]);

/**
 * A process with all that descends from it. Members are remembered by pid and start time, so that a child whose parent
 * ended meanwhile is still known, and a pid that went to somebody else is not taken for ours.
 */
export class Tree {
  readonly pid: number;
  readonly start: string | undefined;
  readonly #known = new Map<number, string>();
  #leadsGroup = false;

  /** Whether its root leads a process group, which then is ours as a whole. */
  get leadsGroup(): boolean {
    return this.#leadsGroup;
  }

  constructor(pid: number, root: ProcessRow | undefined) {
    this.pid = pid;
    this.start = root?.start;
    this.#meetRoot(root);
  }

  /** The members of its group that outlive the root, which has just ended: nobody else can have the group by now. */
  survivors(): readonly ProcessRow[] {
    if (!this.#leadsGroup || !send(-this.pid, 0)) return [];
    const table = readTable();
    for (const row of table.values()) if (row.group === this.pid) this.#known.set(row.pid, row.start);
    return this.alive(table);
  }

  /** The members that are alive, by the given process table. */
  alive(table: ProcessTable = readTable()): readonly ProcessRow[] {
    this.#meetRoot(table.get(this.pid));
    const children = groupBy(table, (row) => row.ppid);
    const members = new Map<number, ProcessRow>();
    const queue = [...this.#seeds(table)];
    for (let row = queue.pop(); row !== undefined; row = queue.pop()) {
      if (members.has(row.pid)) continue;
      members.set(row.pid, row);
      this.#known.set(row.pid, row.start);
      queue.push(...(children.get(row.pid) ?? []));
    }
    return [...members.values()].filter((row) => !row.isZombie);
  }

  /** The same question for the members met so far, without reading the whole process table where that is possible. */
  hasLivingMember(): boolean {
    if (process.platform !== "linux") return this.alive().length > 0;
    return [...this.#known].some(([pid, start]) => {
      const row = readRow(pid);
      return row !== undefined && row.start === start && !row.isZombie;
    });
  }

  #meetRoot(root: ProcessRow | undefined): void {
    if (root === undefined || this.#known.has(this.pid)) return;
    if (this.start !== undefined && root.start !== this.start) return;
    this.#known.set(root.pid, root.start);
    this.#leadsGroup = root.group === root.pid;
  }

  /** Known members that still are who they were, and the others of their group while one of them lives. */
  *#seeds(table: ProcessTable): Generator<ProcessRow> {
    let hasGroup = false;
    for (const [pid, start] of this.#known) {
      const row = table.get(pid);
      if (row === undefined || row.start !== start) continue;
      hasGroup ||= this.#leadsGroup && row.group === this.pid;
      yield row;
    }
    if (hasGroup) for (const row of table.values()) if (row.group === this.pid) yield row;
  }

  /** Sends a signal to every living member, once, and gives back how many there were. */
  signal(signal: NodeJS.Signals, table: ProcessTable = readTable()): number {
    const alive = this.alive(table);
    const isGrouped = (row: ProcessRow): boolean => this.#leadsGroup && row.group === this.pid;
    // To the group in one call, so that nobody in it can fork away between two signals.
    if (alive.some(isGrouped)) send(-this.pid, signal);
    for (const row of alive) if (!isGrouped(row)) send(row.pid, signal);
    if (!KERNEL_ACTS.has(signal)) this.wake(alive);
    return alive.length;
  }

  /** A stopped process would not notice a signal before it goes on. */
  wake(alive: readonly ProcessRow[]): void {
    for (const row of alive) if (row.isStopped) send(row.pid, "SIGCONT");
  }
}

function groupBy(table: ProcessTable, key: (row: ProcessRow) => number): Map<number, ProcessRow[]> {
  const groups = new Map<number, ProcessRow[]>();
  for (const row of table.values()) {
    const group = groups.get(key(row));
    if (group === undefined) groups.set(key(row), [row]);
    else group.push(row);
  }
  return groups;
}

function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false; // Already gone, or it changed its user and is not ours to signal.
  }
}
