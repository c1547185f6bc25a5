// The chip's style sheet: adopted, as the button's (src/button/style.rs), so that `style-src 'self'` allows it. The chip
// stands after the button, and reads the button's classes across it: whatever changes them changes both. Forced colours
// need no rule: grounds go, and every border is drawn. The first rules are for the button's notice, which has system colours.
// It appears after two seconds, by an animation of no length with a delay, which people who prefer less motion get too; when
// a sign-in went wrong at once, in a red that has 4.5:1 on black and on white.

const STYLE = `
[part~=notice]{position:absolute;z-index:1;inset-block-start:calc(100% + 8px);inset-inline-start:0;
flex-wrap:wrap;gap:0 16px;box-sizing:border-box;width:max-content;max-width:min(320px,90vw);padding:8px 14px;
border:1px solid #75828e;border-radius:12px;background:Canvas;color:CanvasText;box-shadow:0 4px 16px #0003;
font:14px/24px var(--sign-in-with-x-font,system-ui,sans-serif);
white-space:normal;animation:n 0s 2s both}
[part~=notice]:not([hidden]){display:flex}
[part~=notice] button{min-height:24px;padding:0;border:0;background:none;color:inherit;font:inherit;font-weight:600;
text-decoration:underline;cursor:pointer}
@keyframes n{from{visibility:hidden}}
[part~=error]{max-width:min(360px,90vw);border-color:#d93025;animation:none}
[part=button][hidden]{display:none!important}
[part=identity]{--h:44px;--f:15px;--s:13px;--m:18px;--a:32px;--e:5px;--g:10px;--l:1.25;
--bg:#000;--fg:#fff;--dim:#a9b3bb;--bd:#000;--hover:#272c30;--press:#3a4045;
box-sizing:border-box;display:inline-flex;align-items:center;gap:var(--g);vertical-align:top;
min-width:min(100%,var(--sign-in-with-x-width,0px));max-width:100%;min-height:var(--sign-in-with-x-height,var(--h));margin:0;
padding-inline-start:var(--e);border:1px solid var(--sign-in-with-x-border,var(--sign-in-with-x-background,var(--bd)));
border-radius:var(--sign-in-with-x-radius,999px);background:var(--sign-in-with-x-background,var(--bg));
color:var(--sign-in-with-x-color,var(--fg));
font:400 var(--s)/var(--l) var(--sign-in-with-x-font,system-ui,sans-serif);
letter-spacing:normal;text-align:start;text-transform:none;white-space:nowrap}
[part=identity]:focus-visible{outline:3px solid var(--sign-in-with-x-focus,#1478d4);outline-offset:2px}
[part=avatar]{flex:none;display:grid;place-items:center;box-sizing:border-box;width:var(--a);height:var(--a);
border:1px solid transparent;border-radius:50%;overflow:hidden;background:var(--press);font-weight:600;line-height:1}
[part=avatar] img{display:block;width:100%;height:100%;object-fit:cover}
#who{flex:1 1 auto;display:flex;flex-direction:column;min-width:4em}
#who bdi{min-width:0;overflow:hidden;text-overflow:ellipsis;text-align:-webkit-match-parent;text-align:match-parent}
[part=name]{max-width:15em;font-size:var(--f);font-weight:600}
[part=handle]{color:var(--sign-in-with-x-color,var(--dim));white-space:normal;overflow-wrap:anywhere}
[part=sign-out]{flex:none;align-self:stretch;margin:0;padding:0 calc(var(--g) + 2px);border:0;
border-inline-start:1px solid var(--press);border-radius:0;border-start-end-radius:inherit;border-end-end-radius:inherit;
background:none;color:inherit;font:inherit;font-weight:600;letter-spacing:inherit;cursor:pointer;appearance:none}
[part=sign-out]:hover{background:var(--sign-in-with-x-background-hover,var(--hover))}
[part=sign-out]:active{background:var(--sign-in-with-x-background-active,var(--press))}
[part=sign-out]:focus-visible{outline-offset:-3px}
[part=sign-out][aria-busy]{cursor:progress}
.medium~[part=identity]{--h:36px;--f:13px;--s:12px;--m:16px;--a:26px;--e:4px;--g:8px;--l:1.2}
.small~[part=identity]{--h:28px;--f:12px;--s:12px;--m:14px;--a:20px;--e:3px;--g:6px}
.small~* #who{flex-direction:row;align-items:baseline;gap:.4em}
.small~* [part=handle]{flex:none;max-width:100%}
.small~* [part=avatar]{font-size:10px}
.rounded~[part=identity]{border-radius:var(--sign-in-with-x-radius,8px)}
.square~[part=identity]{border-radius:var(--sign-in-with-x-radius,0)}
.fluid~[part=identity]{width:100%}
.fluid~* [part=name]{max-width:none}
.white~[part=identity],.outline~[part=identity]{--bg:#fff;--fg:#000;--dim:#536471;--bd:#fff;--hover:#eff1f2;--press:#e1e5e8}
.outline~[part=identity]{--bd:#75828e}
@media(prefers-color-scheme:dark){.auto~[part=identity]{--bg:#fff;--fg:#000;--dim:#536471;--bd:#fff;--hover:#eff1f2;--press:#e1e5e8}}
.link~[part=identity]{--bg:transparent;--fg:currentColor;--dim:currentColor;--bd:transparent;--hover:#8882;--press:#8884}`;

/** Made once for all chips of the page; nothing where sheets cannot be made. */
export const SHEET = make();

function make() {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    return sheet;
  } catch {
    return undefined;
  }
}
