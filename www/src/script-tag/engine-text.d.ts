/** The engine as text; the module is made by www/tools/build/script-tag.mjs. */
export const text: string;
export const high: string;
export const moved: Record<string, number>;
