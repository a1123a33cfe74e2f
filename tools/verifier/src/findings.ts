// What a check found, line by line: what was looked at, and whether it held. A file is good when every line is.
import { Refusal } from '@hengji/domain-kit';

export interface Finding {
  readonly ok: boolean;
  /** Slug of the check, for programs. */
  readonly check: string;
  /** Chinese. */
  readonly text: string;
}

export class Findings {
  readonly all: Finding[] = [];

  /** Notes that something held, or did not. */
  note(check: string, ok: boolean, text: string, otherwise = text): boolean {
    this.all.push({ ok, check, text: ok ? text : otherwise });
    return ok;
  }

  /** Notes whether the work was refused, with what it was refused for. */
  attempt(check: string, text: string, work: () => void): boolean {
    try {
      work();
      return this.note(check, true, text);
    } catch (failure) {
      return this.note(check, false, `${text}：${failure instanceof Refusal ? failure.message : '内容不完整'}`);
    }
  }

  get ok(): boolean {
    return this.all.length > 0 && this.all.every(({ ok }) => ok);
  }
}
