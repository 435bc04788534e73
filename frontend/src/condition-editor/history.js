// What was before and, after an undo, what comes again. Typing into one field is one step.
const MOST = 200;

export class History {
  constructor(now) {
    Object.assign(this, { now, past: [], future: [], key: undefined });
  }

  // key: names the field typed into; undefined is a step of its own.
  keep(next, key) {
    if (next === this.now) return;
    if (key === undefined || key !== this.key) this.past = [...this.past, this.now].slice(-MOST);
    Object.assign(this, { now: next, future: [], key });
  }

  undo() {
    if (this.past.length) this.go(this.past, this.future);
    return this.now;
  }

  redo() {
    if (this.future.length) this.go(this.future, this.past);
    return this.now;
  }

  go(from, to) {
    to.push(this.now);
    this.now = from.pop();
    this.key = undefined;
  }
}
