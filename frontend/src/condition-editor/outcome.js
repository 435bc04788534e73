// What the condition means, asked of the server a moment after the last change; of two answers only the latest counts.
const WAIT = 350; // ms

export class Outcome {
  constructor(host, words, problem) {
    Object.assign(this, { host, words, problem });
    this.now = host.querySelector(".condition-now");
    this.trend = host.querySelector(".condition-trend");
  }

  ask(text) {
    this.stop();
    this.asking = new AbortController();
    this.host.querySelector(".condition-outcome").classList.add("condition-old");
    this.waiting = setTimeout(() => this.fetchBoth(text, this.asking.signal), WAIT);
  }

  say(text) {
    this.stop();
    const line = document.createElement("p");
    line.className = "quiet";
    line.textContent = text;
    this.show(this.now, line);
    this.trend.replaceChildren();
  }

  stop() {
    clearTimeout(this.waiting);
    this.asking?.abort();
  }

  async fetchBoth(text, signal) {
    try {
      const found = await ask(this.host.dataset.outcome, text, signal);
      const problem = found.querySelector("[data-problem]");
      if (problem) {
        this.problem(problem.textContent, problem.dataset.path);
        return this.say("");
      }
      this.show(this.now, found);
      this.trend.replaceChildren(await ask(this.host.dataset.trend, text, signal));
    } catch (error) {
      if (error.name !== "AbortError") this.say(this.words.offline);
    }
    return undefined;
  }

  show(place, content) {
    place.replaceChildren(content);
    this.host.querySelector(".condition-outcome").classList.remove("condition-old");
  }
}

async function ask(address, condition, signal) {
  const response = await fetch(address, {
    method: "POST",
    headers: { "X-CSRFToken": document.body.dataset.csrf },
    body: new URLSearchParams({ condition }),
    signal,
  });
  if (!response.ok) throw new Error(response.status);
  const template = document.createElement("template");
  template.innerHTML = await response.text();
  return template.content;
}
