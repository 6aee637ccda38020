import { say } from "./dom.js";
import { toast } from "./toasts.js";

async function copy(id) {
  const source = document.getElementById(id);
  if (!source) return;
  try {
    await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
    toast(say("copied"));
  } catch {
    toast(say("notCopied"), { care: true });
  }
}

export function startTools() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-print], [data-copy]");
    if (!button) return;
    if (button.dataset.copy) copy(button.dataset.copy);
    else window.print();
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches?.("[data-submit-on-change]")) event.target.form.requestSubmit();
  });
}
