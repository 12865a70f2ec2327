// A bar for what takes its time: one line that fills where a person watches, a line for each tenth where nobody does.

export interface ProgressBar {
  /** @param share from 0 to 1 */
  show(share: number, doing: string): void;
  end(): void;
}

const width = 24;

export function progressBar(out: Pick<NodeJS.WriteStream, "write" | "isTTY" | "columns">): ProgressBar {
  let tenths = -1;
  return {
    show(share, doing) {
      const line = `[${"█".repeat(Math.round(share * width)).padEnd(width, "·")}] ${String(Math.floor(share * 100)).padStart(3)} %  ${doing}`;
      if (out.isTTY) out.write(`\r\u001b[K${line.slice(0, (out.columns || 80) - 1)}`);
      else if (Math.floor(share * 10) > tenths) out.write(`${line}\n`);
      tenths = Math.floor(share * 10);
    },
    end() {
      if (out.isTTY) out.write("\n");
    },
  };
}
