/**
 * The element's sheet. It is adopted, so `style-src 'self'` allows it. Colours follow the text around the element, and with
 * it any theme: what is quieter is the same colour, mixed with what lies below. Browsers without `color-mix` (Chrome before
 * 111, Firefox before 113) have it all in one colour.
 */
export const STYLE = `
:host{display:block;--quiet:var(--sign-in-with-x-quiet,currentColor);--line:var(--sign-in-with-x-line,currentColor);
font-family:var(--sign-in-with-x-font,system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif);
line-height:1.4;text-align:start;overflow-wrap:anywhere}
@supports(color:color-mix(in srgb,red 1%,red)){
:host{--quiet:var(--sign-in-with-x-quiet,color-mix(in srgb,currentColor 70%,transparent));
--line:var(--sign-in-with-x-line,color-mix(in srgb,currentColor 18%,transparent))}}
:host([hidden]),[hidden]{display:none}
ul{margin:0;padding:0;list-style:none}
.groups{display:flex;flex-wrap:wrap;gap:1.5em 2.5em}
[part=group]{flex:1 1 17em;min-width:0}
[part=heading]{margin:0 0 .75em;font-size:1.0625em;font-weight:700;line-height:1.3}
[part=list]{display:grid;gap:.75em}
[part=item]{display:flex;gap:.75em;text-wrap:pretty}
[part=item] span{min-width:0}
svg{flex:none;width:1.25em;height:1.25em;margin-block-start:.075em;fill:none;stroke:currentColor;stroke-width:1.5;
stroke-linecap:round;stroke-linejoin:round}
[part=icon]{color:var(--quiet)}
[part=links]{margin-block-start:1.5em;padding-block-start:1.125em;border-block-start:1px solid var(--line);font-size:.9333em}
p{margin:0 0 .375em;color:var(--quiet)}
[part=links] ul{display:flex;flex-wrap:wrap;gap:.125em 1.5em}
[part=link]{display:inline-block;padding-block:.25em;color:inherit;font-weight:500;text-decoration-thickness:1px;
text-underline-offset:.2em}
[part=link]:hover{text-decoration-thickness:2px}
[part=link]:focus-visible{outline:2px solid var(--sign-in-with-x-focus,currentColor);outline-offset:2px;border-radius:2px}
.away{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
`;
