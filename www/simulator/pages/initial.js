/**
 * The letter of a drawn picture, for an App or an account that has none.
 * @module
 */
import { escaped } from './layout.js';

/** A picture of SVG is XML: one control character, or half of a pair, and no browser shows it. @param {string} name */
export const initialOf = (name) => escaped(([...name.replace(/[\p{Cc}\p{Cs}\p{Cn}]/gu, '')][0] ?? '').toUpperCase());
