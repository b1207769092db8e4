"use strict";
// For whoever copies a signed paper: one key answers a whole question and goes on to the next. It acts only while one
// of the question's radio buttons has the focus. Everything works with a mouse, and without this.
(() => {
  document.querySelector("[autofocus]")?.focus(); // before a quick next key, not at the next drawing of the page
  const questions = [...document.querySelectorAll("[data-question]")];
  const answer = (event, here) => {
    const key = event.key === "–" ? "-" : event.key.toLowerCase();
    const chosen = [...here.querySelectorAll("[data-key]")].filter((one) => one.dataset.key === key);
    if (!chosen.length) return;
    event.preventDefault();
    if (event.repeat) return; // a key that is held down answers one question, not all of them
    for (const one of chosen) one.checked = true;
    chosen[0].dispatchEvent(new Event("input", { bubbles: true }));
    document.getElementById("status").textContent = `${chosen[0].labels[0].textContent} × ${chosen.length}`;
    const next = questions[questions.indexOf(here) + 1];
    (next ? next.querySelector(":checked") || next.querySelector("input") : here.form.querySelector(".save-bar button")).focus();
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const here = event.target.type === "radio" && event.target.closest("[data-question]");
    if (here) answer(event, here);
    // an Enter that is still held down from the form has checked nothing
    if (event.repeat && event.key === "Enter" && event.target.matches("[data-once]")) event.preventDefault();
  });
})();
