// Small pieces of markup.
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-") || name === "role" || name === "list") element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children.filter((each) => each !== null && each !== undefined));
  return element;
}

export function button(text, className, act, name) {
  const made = make("button", { type: "button", className, onclick: act }, text);
  if (name) made.dataset.name = name;
  return made;
}

export function select(name, label, options, chosen, act) {
  const made = make("select", { className: "form-select", "aria-label": label, onchange: () => act(made.value) });
  made.dataset.name = name;
  for (const [value, word] of options) made.append(new Option(word, value, false, value === chosen));
  return made;
}

export function input(name, label, type, value, act) {
  const made = make("input", { className: "form-control", type, "aria-label": label, autocomplete: "off" });
  if (type === "number") made.step = "any";
  made.value = value ?? "";
  made.dataset.name = name;
  made.addEventListener("input", () => act(made.value));
  return made;
}

// What is said in other units than it is kept in: 30 for 0.3. Only what is typed is counted back.
export function numberInput(name, label, value, scale, act) {
  const shown = value === null || value === undefined ? "" : String(Number((value * scale).toPrecision(15)));
  return input(name, label, "number", shown, (text) => act(text === "" ? null : Number((Number(text) / scale).toPrecision(15))));
}

export function wholeInput(name, label, value, act) {
  const made = input(name, label, "number", value, (text) => act(text === "" ? null : Number(text)));
  made.step = 1;
  made.classList.add("condition-short");
  return made;
}

export function word(text) {
  return make("span", { className: "condition-word" }, text);
}
