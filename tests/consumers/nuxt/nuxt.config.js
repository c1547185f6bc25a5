export default {
  compatibilityDate: '2026-11-01',
  telemetry: false,
  app: { head: { title: 'Welcome', htmlAttrs: { lang: 'en' }, link: [{ rel: 'icon', href: 'data:,' }] } },
  vue: { compilerOptions: { isCustomElement: (tag) => tag === 'sign-in-with-x' } },
};
