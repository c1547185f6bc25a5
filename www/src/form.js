// Data on its way into the engine: flat text in the form encoding, which its strict parser reads.

/**
 * Lists are joined by spaces; `undefined`, `null` and `false` are left out; everything else becomes text.
 * @param {Record<string, unknown>} fields
 */
export function toForm(fields) {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined || value === null || value === false) continue;
    form.set(name, Array.isArray(value) ? value.join(' ') : String(value));
  }
  return String(form);
}
