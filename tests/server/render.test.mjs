// The button in a page that is made on a server.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buttonStyleSheet, renderButton } from 'sign-in-with-x/server';

const basic = { clientId: 'client', redirectUri: 'https://app.example/auth/x/callback' };

/** The parts of what is written. @param {string} html */
function parts(html) {
  const [, attributes = '', sheet = '', inside = '', after] =
    /^<sign-in-with-x([^>]*)><template shadowrootmode="open" shadowrootdelegatesfocus>(<style[^]*<\/style>|<link[^>]*>)([^]*)<\/template>(.*)<\/sign-in-with-x>$/.exec(html) ?? assert.fail(html);
  return { attributes, sheet, inside, after };
}

test('F10: the element with its attributes, and in it the sheet and the button', () => {
  const { attributes, sheet, inside } = parts(renderButton({ ...basic, theme: 'outline', disabled: true, width: 240, label: null, restore: false }));
  assert.equal(attributes, ' client-id="client" redirect-uri="https://app.example/auth/x/callback" theme="outline" disabled="" width="240"');
  assert.ok(sheet.startsWith(`<style>${buttonStyleSheet()}`) && sheet.includes(':host{--sign-in-with-x-width:240px}'));
  assert.match(inside, /^<button type="button" part="button" class="button outline large pill" disabled="">/);
});

test('F10 F1: by a nonce, or by an address', () => {
  assert.match(parts(renderButton(basic, { nonce: 'abc"' })).sheet, /^<style nonce="abc&quot;">/);
  assert.equal(parts(renderButton(basic, { stylesheet: '/button.css?a&b' })).sheet, '<link rel="stylesheet" href="/button.css?a&amp;b">');
});

test('F11: with a start it is a link', () => {
  const { attributes, inside, after } = parts(renderButton({ ...basic, start: '/auth/x/start', locale: 'he', text: 'continue_with' }));
  assert.match(attributes, / start="\/auth\/x\/start"/);
  assert.match(inside, /^<a href="\/auth\/x\/start" part="button"/);
  const [, words] = /<span part="label"[^>]*>(.*?)<\/span>/.exec(inside) ?? [];
  assert.equal(after, `<a href="/auth/x/start" lang="he" dir="rtl">${words}</a>`, 'and another for browsers without declarative shadow DOM');
  assert.equal(parts(renderButton({ ...basic, start: '/auth/x/start', disabled: true })).after, '');
  assert.equal(parts(renderButton(basic)).after, '');
});

test('F13: in its language, its region or its script', () => {
  for (const [locale, said, dir] of [['ja', 'Xでログイン', 'ltr'], ['pt-BR', 'Entrar com X', 'ltr'], ['ar', 'تسجيل الدخول باستخدام \u2068X\u2069', 'rtl']]) {
    const { inside } = parts(renderButton({ ...basic, locale }));
    assert.ok(inside.includes(`>${said}</span>`) && inside.includes(` dir="${dir}"`), inside);
  }
  assert.ok(parts(renderButton({ ...basic, locale: 'tlh' })).inside.includes('>Sign in with X</span>'));
  assert.throws(() => renderButton({ ...basic, locale: 'auto' }), TypeError);
});

test('B6: no value breaks out', () => {
  const html = renderButton({ ...basic, label: '</template><script>alert(1)</script>', 'data-x': '"><img src=x onerror=alert(1)>', start: 'javascript:alert(1)' });
  assert.ok(!html.includes('<script') && !html.includes('<img'), html);
  assert.ok(!/href="javascript:/.test(html), 'and no link runs anything');
});

test('A13 B6: what is no attribute of the button is refused by its name, a secret above all, and its value is not repeated', () => {
  for (const name of ['clientSecret', 'client-secret', 'clientSECRET', 'data-client-secret', 'origin', 'redirectUris', 'on click', 'x"', '', 'a=b', 'onclick', '<', 'style', 'nonce']) {
    assert.throws(
      () => renderButton(/** @type {any} */ ({ ...basic, [name]: 'canary' })),
      (/** @type {Error} */ { name: kind, message }) => kind === 'TypeError' && !message.includes('canary') && message.startsWith('not an attribute of the button: '),
      name,
    );
  }
});

test('H1: a word that an attribute does not take is refused with those it takes', () => {
  assert.throws(() => renderButton({ ...basic, theme: /** @type {any} */ ('drak') }), { name: 'TypeError', message: '`theme` is one of black, white, outline, auto' });
  assert.ok(renderButton({ ...basic, theme: /** @type {any} */ ('') }).includes('theme=""'));
});

test('F10: a sheet’s address or a nonce that is no text is read as one', () => {
  const stylesheet = /** @type {any} */ (new URL('https://app.example/button.css'));
  assert.equal(parts(renderButton(basic, { stylesheet })).sheet, '<link rel="stylesheet" href="https://app.example/button.css">');
  assert.match(parts(renderButton(basic, /** @type {any} */ ({ nonce: null, stylesheet: null }))).sheet, /^<style>/);
});
