import { formatLeakReport, type LeakReport } from "../leaks/report.js";

/** A test has ended and something it opened has not been released. */
export class LeakError extends Error {
  override readonly name = "LeakError";
  readonly code = "ERR_LEAK";
  /** What is open. */
  readonly report: LeakReport;

  constructor(report: LeakReport) {
    const count = report.resources.length + report.lost.length + report.handles.length;
    super(
      `This test left ${count === 1 ? "a resource" : `${count} resources`} open\n${formatLeakReport(report)}`,
    );
    this.report = report;
  }
}
