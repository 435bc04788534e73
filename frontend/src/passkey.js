// <form data-passkey="create|get"> with a field "credential": asks the device for a passkey, then posts what it said.
// The options stand in a JSON script (data-options names it) or are fetched when they are needed (data-from).
document.addEventListener("submit", async (event) => {
  const form = event.target;
  const verb = form.dataset.passkey;
  if (!verb || form.elements.credential.value) return;
  event.preventDefault();
  try {
    form.elements.credential.value = JSON.stringify(await ask(verb, await options(form)));
  } catch {
    return say(form, form.dataset.refused);
  }
  form.submit();
});

async function options(form) {
  if (form.dataset.options) return of(JSON.parse(document.getElementById(form.dataset.options).textContent));
  const answer = await fetch(form.dataset.from, {
    headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" },
  });
  if (!answer.ok) throw new Error(answer.statusText);
  return of(await answer.json());
}

const of = (said) => (said.creation_options ?? said.request_options).publicKey;

async function ask(verb, wanted) {
  if (verb === "create") {
    const passwordless = document.querySelector("[name=passwordless]")?.checked;
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON({
      ...wanted,
      authenticatorSelection: {
        ...wanted.authenticatorSelection,
        residentKey: passwordless ? "required" : "discouraged",
        requireResidentKey: Boolean(passwordless),
        userVerification: passwordless ? "required" : "preferred",
      },
    });
    return (await navigator.credentials.create({ publicKey })).toJSON();
  }
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(wanted);
  return (await navigator.credentials.get({ publicKey })).toJSON();
}

function say(form, text) {
  let line = form.querySelector(".field-error");
  if (!line) {
    line = document.createElement("div");
    line.className = "field-error";
    line.setAttribute("role", "alert");
    form.append(line);
  }
  line.textContent = text;
}
