import { createInterface, type Interface } from "node:readline/promises";
import { ResourceContext } from "resource-context";

/** Where questions are asked: both ends are a terminal. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  /** Ctrl-C; without a listener readline would only pause. */
  readonly interrupt: () => never;
}

export class Questions {
  private constructor(
    private readonly readline: Interface,
    private readonly terminal: Terminal,
  ) {}

  /** Reads answers as long as the body runs. The end of the input counts as `quit`. */
  static async during<Result>(
    terminal: Terminal,
    body: (questions: Questions) => Promise<Result>,
  ): Promise<Result> {
    await using context = new ResourceContext();
    const readline = createInterface({ input: terminal.input, output: terminal.output });
    context.adopt(readline, (one) => one.close());
    return await body(new Questions(readline, terminal));
  }

  /** Asks until the answer is one of the choices: its name or first letter. */
  async ask<Answer extends string>(question: string, choices: readonly Answer[]): Promise<Answer | "quit"> {
    for (;;) {
      const line = await this.line(`${question} (${choices.join(" / ")}) `);
      if (line === null) return "quit";
      const given = line.trim().toLowerCase();
      const chosen = choices.find(
        (choice) => given === choice || (given.length === 1 && choice.startsWith(given)),
      );
      if (chosen !== undefined) return chosen;
      this.say(`Answer with ${choices.map((choice) => `${choice.slice(0, 1)} (${choice})`).join(", ")}.`);
    }
  }

  say(text: string): void {
    this.terminal.output.write(`${text}\n`);
  }

  private async line(question: string): Promise<string | null> {
    const ended = new AbortController();
    let by: "close" | "interrupt" = "close";
    const close = (): void => ended.abort();
    const stop = (): void => {
      by = "interrupt";
      ended.abort();
    };
    this.readline.once("close", close).once("SIGINT", stop);
    try {
      return await this.readline.question(question, { signal: ended.signal });
    } catch (thrown) {
      if (!ended.signal.aborted) throw thrown;
      this.say("");
      return by === "close" ? null : this.terminal.interrupt();
    } finally {
      this.readline.off("close", close).off("SIGINT", stop);
    }
  }
}
