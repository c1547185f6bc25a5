//! The button's style sheet. It is adopted (constructable style sheets), never a `<style>` element or a `style`
//! attribute, so that `style-src 'self'` allows it.

/// The sheet. Every colour and length of the button that a host may want to change is a custom property; `::part(button)`,
/// `::part(mark)`, `::part(label)`, `::part(notice)` and `::part(error)` reach the rest. Forced colours need no rule: browsers give a real
/// button its system colours, the mark follows `currentColor`. What the notice looks like
/// comes with what places it (`www/src/identity-style.js`); until then it is not seen.
/// `plaintext` keeps the question mark of an English sentence at its end on a page that runs from right to left.
/// The spinner's gap is a border that is not there: a transparent one has a colour where colours are forced.
pub const STYLE: &str = "\
:host{display:inline-block;position:relative;vertical-align:middle;max-width:100%}\
:host([hidden]){display:none}\
:host([width=fluid]){display:block}\
[part=button]{--h:44px;--f:15px;--m:18px;--p:20px;--g:10px;--r:999px;\
--bg:#000;--fg:#fff;--bd:#000;--hover:#272c30;--press:#3a4045;display:inline-flex;align-items:center;justify-content:center;gap:var(--g);position:relative;\
min-width:max-content;width:var(--sign-in-with-x-width,auto);min-height:var(--sign-in-with-x-height,var(--h));\
margin:0;padding:0 var(--p);border:1px solid var(--sign-in-with-x-border,var(--sign-in-with-x-background,var(--bd)));\
border-radius:var(--sign-in-with-x-radius,var(--r));background:var(--sign-in-with-x-background,var(--bg));\
color:var(--sign-in-with-x-color,var(--fg));\
font:600 var(--f)/20px var(--sign-in-with-x-font,system-ui,sans-serif);\
box-sizing:border-box;text-decoration:none;white-space:nowrap;cursor:pointer;appearance:none;transition:background .15s}\
[part=button]:hover{background:var(--sign-in-with-x-background-hover,var(--hover))}\
[part=button]:active{background:var(--sign-in-with-x-background-active,var(--press))}\
:focus-visible{outline:3px solid var(--sign-in-with-x-focus,#1478d4);outline-offset:2px}\
[part=button]:is(:disabled,a:not([href])){opacity:.5;cursor:not-allowed}\
svg,.spinner{flex:none;width:var(--m);height:var(--m);fill:currentColor}\
.medium{--h:36px;--f:14px;--m:16px;--p:16px;--g:8px}\
.small{--h:28px;--f:13px;--m:14px;--p:12px;--g:6px}\
.white,.outline{--bg:#fff;--fg:#000;--bd:#fff;--hover:#eff1f2;--press:#e1e5e8}\
.outline{--bd:#75828e}\
@media(prefers-color-scheme:dark){.auto{--bg:#fff;--fg:#000;--bd:#fff;--hover:#eff1f2;--press:#e1e5e8}}\
.fluid{width:100%}\
.button:not(.center) svg{position:absolute;inset-inline-start:var(--p)}\
.button:not(.center){padding-inline-start:calc(var(--p) + var(--m) + var(--g))}\
.icon{--p:0px;width:var(--sign-in-with-x-height,var(--h))}\
.icon [part=label]{display:none}\
.link{--bg:transparent;--fg:inherit;--bd:transparent;--hover:transparent;--press:transparent;--p:4px;--r:8px}\
.rounded{--r:8px}\
.square{--r:0}\
.link:hover [part=label]{text-decoration:underline}\
.spinner{display:none;position:absolute;inset:0;margin:auto;box-sizing:border-box;\
border:2px solid;border-inline-end:0;border-radius:50%;animation:t .8s linear infinite}\
.busy{cursor:progress}\
.busy .spinner{display:block}\
.busy svg,.busy [part=label]{opacity:0}\
span{unicode-bidi:plaintext}\
@keyframes t{to{transform:rotate(1turn)}}\
[role=status]{position:absolute;left:0;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}\
[part~=notice]{display:none}\
@media(prefers-reduced-motion:reduce){[part=button]{transition:none}.spinner{animation-duration:4s}}";
