/**
 * Contrast as WCAG 2.2 defines it (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio), of colours as `getComputedStyle`
 * writes them.
 * @module
 */

/** @param {string} css `rgb()`, `rgba()`, or what comes of `color-mix()`: `color(srgb …)` @returns {[number, number, number, number]} */
function channels(css) {
  const [, space, values = ''] = /^(rgba?\(|color\(srgb )(.+)\)$/.exec(css) ?? [];
  const [red, green, blue, alpha = 1] = values.split(/[\s,/]+/).map(Number);
  if (red === undefined || green === undefined || blue === undefined || [red, green, blue, alpha].some(Number.isNaN)) throw new Error(`no colour: ${css}`);
  const full = space?.startsWith('color') ? 255 : 1;
  return [red * full, green * full, blue * full, alpha];
}

/** What one sees of a colour that lets another one through. @param {string} front @param {string} back @param {number} [opacity] */
export function over(front, back, opacity = 1) {
  const [, , , alpha] = channels(front);
  const share = alpha * opacity;
  const [red, green, blue] = channels(front).map((value, index) => value * share + Number(channels(back)[index]) * (1 - share));
  return `rgb(${red}, ${green}, ${blue})`;
}

/** @param {string} css */
function luminance(css) {
  const [red = 0, green = 0, blue = 0] = channels(css).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** 1 to 21. @param {string} one @param {string} other */
export function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (Number(light) + 0.05) / (Number(dark) + 0.05);
}
